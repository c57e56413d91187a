//! What stands at which address. `.json` after a page gives the same as JSON.

use axum::Router;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Form, Path, Query as Params, Request, State as Extract};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use case::{Access, Case, Error, Filters, ORIGIN_SHARE};
use maud::Markup;
use model::DocId;
use page::{
    ActorsPage, BlamePage, Choice, ComparePage, Frame, LONGEST, Links, MethodPage, OriginsPage, OverviewPage,
    POINTS, PlacesPage, PointsPage, ReaderPage, SaysPage, SearchPage, TimelinePage, TracePage, VariantsPage,
    View, Wanted, encoded, frame, message,
};
use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;

/// Actors on one page, and those blamed.
const ACTORS: usize = 100;
/// Places on one page.
const PLACES: usize = 300;
/// Speakers on one page.
const SPEAKERS: usize = 60;
/// Days on one page.
const DAYS: usize = 40;
/// Sentences beside one day.
const TELLINGS: usize = 4;
/// Bytes of what may be posted: the longest passage, each letter written as three bytes of three signs.
const BODY: usize = 9 * LONGEST + 100;
/// Bytes of a passage that fits into an address.
const ADDRESS: usize = 8000;
/// Texts looked into by one search.
const TEXTS: usize = 40;

/// What all requests share: where the case is. Each opens it anew, so that what another program adds shows.
pub(crate) struct State {
    pub(crate) case: PathBuf,
}

/// The addresses, for the documentation and its test.
pub const ROUTES: &[(&str, &str)] = &[
    ("/", "the case: documents, origins, what is not read, the points that part most"),
    ("/origins", "who shares text with whom; ?share=0.2 looks again at another threshold"),
    (
        "/points",
        "where the accounts part, reading beside reading; ?kind and ?verdict choose, ?from passes over the first",
    ),
    ("/actors", "who is named, under which names, in which origins"),
    (
        "/places",
        "where: a map and a table; ?since, ?until (days), ?origin, ?view=world; .geojson for other programs",
    ),
    ("/says", "who says what, on whose word, how certainly; ?who= for one speaker"),
    ("/blame", "who is said to be behind it"),
    ("/timeline", "the days the accounts come back to"),
    ("/search?q=", "places that answer a question; also since, until, outlet, language"),
    (
        "/d/ID",
        "one account with its rows; ?s=START-END marks words, #s=START-END selects them, ?points=here finds its points in a large case",
    ),
    ("/trace?passage=", "who shares text with a passage, earliest first; nothing is stored"),
    ("/compare/A..B", "two accounts aligned; /compare/A..B..C lists where several differ"),
    ("/method", "how all this was computed: readers, rules with examples, thresholds, judgements"),
];

pub(crate) fn router(state: Arc<State>) -> Router {
    Router::new()
        .route("/", get(overview))
        .route("/trace", get(trace_asked).post(trace_posted).layer(DefaultBodyLimit::max(BODY)))
        .route("/{page}", get(page_by_name))
        .route("/d/{id}", get(reader))
        .route("/compare/{pair}", get(compare))
        .route("/assets/{name}", get(asset))
        .fallback(|| async { Failure::NotFound("no page at this address".into()) })
        .with_state(state)
        .layer(from_fn(guard))
}

/// Refuses foreign hosts and other methods than reading, and forbids the browser everything it does not need.
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let mut response = match matches!(name, "127.0.0.1" | "localhost") {
        true => next.run(request).await,
        false => {
            (StatusCode::MISDIRECTED_REQUEST, "this workbench answers only at 127.0.0.1").into_response()
        }
    };
    const HEADERS: &[(&str, &str)] = &[
        (
            "content-security-policy",
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
        ),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
    ];
    for (name, value) in HEADERS {
        response.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    response
}

/// Why a page cannot be shown.
enum Failure {
    NotFound(String),
    /// What was asked for cannot be.
    Asked(String),
    Broken(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        match error {
            Error::NoDocument { .. } => Failure::NotFound(error.to_string()),
            _ => Failure::Broken(error.to_string()),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, title, words) = match self {
            Failure::NotFound(words) => (StatusCode::NOT_FOUND, "Not found", words),
            Failure::Asked(words) => (StatusCode::BAD_REQUEST, "This cannot be asked", words),
            Failure::Broken(words) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made", words)
            }
        };
        let about = Frame { case: "Stemma", title, here: "none", json: None, summaries: false };
        (status, html_response(&frame(&about, &message(title, &words)))).into_response()
    }
}

fn html_response(page: &Markup) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.0.clone()).into_response()
}

fn json_response(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], value.to_string()).into_response()
}

type Answer = Result<Response, Failure>;

/// Makes a page on a thread that may wait for the disk.
async fn with_case(state: Arc<State>, make: impl FnOnce(&Case) -> Answer + Send + 'static) -> Answer {
    let made = tokio::task::spawn_blocking(move || {
        let case = Case::open(&state.case, Access::Read)?;
        make(&case)
    });
    made.await.unwrap_or_else(|_| Err(Failure::Broken("the page ended early; see the terminal".into())))
}

/// A page in its frame, or its JSON.
fn answer(json: bool, about: &Frame, body: impl FnOnce() -> Markup, value: impl FnOnce() -> Value) -> Answer {
    Ok(if json { json_response(&value()) } else { html_response(&frame(about, &body())) })
}

async fn overview(Extract(state): Extract<Arc<State>>) -> Answer {
    with_case(state, |case| show_overview(case, false)).await
}

fn show_overview(case: &Case, json: bool) -> Answer {
    let page = OverviewPage::of(case)?;
    let title = page.counts();
    let about = Frame {
        case: &page.shelf.name,
        title: &title,
        here: "",
        json: Some("/case.json".into()),
        summaries: page.shelf.summaries,
    };
    answer(json, &about, || page.html(Links::Served), || page.json())
}

#[derive(Deserialize, Default)]
struct Asked {
    q: Option<String>,
    share: Option<String>,
    kind: Option<String>,
    verdict: Option<String>,
    points: Option<String>,
    from: Option<String>,
    since: Option<String>,
    until: Option<String>,
    outlet: Option<String>,
    language: Option<String>,
    s: Option<String>,
    passage: Option<String>,
    origin: Option<String>,
    view: Option<String>,
    who: Option<String>,
}

impl Asked {
    fn places(&self) -> std::result::Result<Wanted, Failure> {
        let asked = |value: &Option<String>| value.clone().unwrap_or_default();
        Wanted::asked(&asked(&self.origin), &asked(&self.since), &asked(&self.until)).map_err(Failure::Asked)
    }

    fn choice(&self) -> std::result::Result<Choice, Failure> {
        let asked = |value: &Option<String>| value.clone().unwrap_or_default();
        Choice::asked(&asked(&self.kind), &asked(&self.verdict), &asked(&self.from)).map_err(Failure::Asked)
    }

    /// From which share of its words on a document is one origin with another.
    fn share(&self) -> std::result::Result<f64, Failure> {
        let Some(words) = self.share.as_deref().filter(|words| !words.is_empty()) else {
            return Ok(ORIGIN_SHARE);
        };
        let share = words.parse().ok().filter(|share| (0.01..=1.0).contains(share));
        share.ok_or_else(|| {
            Failure::Asked(format!("share: `{words}` is no number from 0.01 to 1; write it as 0.5"))
        })
    }

    fn view(&self) -> View {
        if self.view.as_deref() == Some("world") { View::World } else { View::Case }
    }

    fn filters(&self) -> std::result::Result<Filters, Failure> {
        let asked = |value: &Option<String>| value.clone().unwrap_or_default();
        let (since, until) = (asked(&self.since), asked(&self.until));
        SearchPage::filters(&since, &until, &asked(&self.outlet), &asked(&self.language))
            .map_err(Failure::Asked)
    }
}

/// The fields of an address.
fn understood(asked: Result<Params<Asked>, QueryRejection>) -> Result<Asked, Failure> {
    asked.map(|Params(asked)| asked).map_err(|refused| Failure::Asked(refused.body_text()))
}

async fn page_by_name(
    Extract(state): Extract<Arc<State>>,
    Path(name): Path<String>,
    asked: Result<Params<Asked>, QueryRejection>,
) -> Answer {
    let asked = understood(asked)?;
    with_case(state, move |case| {
        let (name, json) = name.strip_suffix(".json").map_or((name.as_str(), false), |name| (name, true));
        match name {
            "case" => show_overview(case, json),
            "origins" => {
                let share = asked.share()?;
                let page = OriginsPage::of(case, share)?;
                let link = format!("/origins.json?share={share}");
                let about = Frame {
                    case: &page.shelf.name,
                    title: "Origins",
                    here: "origins",
                    json: Some(link),
                    summaries: page.shelf.summaries,
                };
                answer(json, &about, || page.html(Links::Served), || page.json())
            }
            "points" => {
                let choice = asked.choice()?;
                let page = PointsPage::chosen(case, choice, POINTS)?;
                let about = Frame {
                    case: &page.shelf.name,
                    title: "Points",
                    here: "points",
                    json: Some(choice.address("/points.json")),
                    summaries: page.shelf.summaries,
                };
                answer(json, &about, || page.html(Links::Served), || Value::Array(page.json()))
            }
            "blame" => {
                let page = BlamePage::of(case, ACTORS)?;
                let about = Frame {
                    case: &page.shelf.name,
                    title: "Blame",
                    here: "points",
                    json: Some("/blame.json".into()),
                    summaries: page.shelf.summaries,
                };
                answer(json, &about, || page.html(Links::Served), || Value::Array(page.json()))
            }
            "actors" => {
                let page = ActorsPage::of(case, ACTORS)?;
                let about = Frame {
                    case: &page.shelf.name,
                    title: "Actors",
                    here: "actors",
                    json: Some("/actors.json".into()),
                    summaries: page.shelf.summaries,
                };
                answer(json, &about, || page.html(Links::Served), || Value::Array(page.json()))
            }
            "places" => {
                let page = PlacesPage::of(case, &asked.places()?, asked.view(), PLACES)?;
                let about = Frame {
                    case: &page.shelf.name,
                    title: "Places",
                    here: "places",
                    json: Some(page.address("/places.json")),
                    summaries: page.shelf.summaries,
                };
                answer(json, &about, || page.html(Links::Served), || Value::Array(page.json()))
            }
            "places.geojson" => {
                let page = PlacesPage::of(case, &asked.places()?, View::World, usize::MAX)?;
                let kind = [(header::CONTENT_TYPE, "application/geo+json")];
                Ok((kind, page.geojson().to_string()).into_response())
            }
            "says" => {
                let who = asked.who.as_deref().map(str::trim).filter(|who| !who.is_empty());
                let page = SaysPage::of(case, who, SPEAKERS)?;
                let link =
                    who.map_or("/says.json".to_owned(), |who| format!("/says.json?who={}", encoded(who)));
                let about = Frame {
                    case: &page.shelf.name,
                    title: "Says",
                    here: "says",
                    json: Some(link),
                    summaries: page.shelf.summaries,
                };
                answer(json, &about, || page.html(Links::Served), || Value::Array(page.json()))
            }
            "timeline" => {
                let page = TimelinePage::of(case, DAYS, TELLINGS)?;
                let about = Frame {
                    case: &page.shelf.name,
                    title: "Timeline",
                    here: "timeline",
                    json: Some("/timeline.json".into()),
                    summaries: page.shelf.summaries,
                };
                answer(json, &about, || page.html(Links::Served), || Value::Array(page.json()))
            }
            "search" => {
                let question = asked.q.clone().unwrap_or_default();
                let page = SearchPage::of(case, &question, &asked.filters()?, TEXTS)?;
                let about = Frame {
                    case: &page.shelf.name,
                    title: "Search",
                    here: "search",
                    json: Some(page.address("/search.json")),
                    summaries: page.shelf.summaries,
                };
                answer(json, &about, || page.html(Links::Served), || page.json())
            }
            "trace" => show_trace(case, &asked.passage.unwrap_or_default(), json),
            "method" => {
                let page = MethodPage::of(case)?;
                let shelf = page::Shelf::of(case)?;
                let about = Frame {
                    case: &shelf.name,
                    title: "Method",
                    here: "method",
                    json: Some("/method.json".into()),
                    summaries: shelf.summaries,
                };
                answer(json, &about, || page.html(Links::Served), || page.json())
            }
            _ => Err(Failure::NotFound(format!("no page `{name}`"))),
        }
    })
    .await
}

fn show_trace(case: &Case, passage: &str, json: bool) -> Answer {
    if passage.chars().count() > LONGEST {
        return Err(Failure::Asked(format!("the passage is longer than {LONGEST} letters; {TRACE}")));
    }
    let page = TracePage::of(case, passage)?;
    let address = format!("/trace.json?passage={}", encoded(passage));
    let about = Frame {
        case: &page.shelf.name,
        title: "Trace",
        here: "trace",
        json: Some(address).filter(|address| address.len() < ADDRESS),
        summaries: page.shelf.summaries,
    };
    answer(json, &about, || page.html(Links::Served), || Value::Array(page.json()))
}

/// What to do with a passage that is too long for a page.
const TRACE: &str = "write it to a file and ask `stemma trace CASE FILE --points`";

async fn trace_asked(
    Extract(state): Extract<Arc<State>>,
    asked: Result<Params<Asked>, QueryRejection>,
) -> Answer {
    let asked = understood(asked)?;
    with_case(state, move |case| show_trace(case, &asked.passage.unwrap_or_default(), false)).await
}

/// A pasted passage is posted, so that it stands in no address and no history. It changes nothing, and so needs no token; what another
/// site sends is refused all the same.
async fn trace_posted(
    Extract(state): Extract<Arc<State>>,
    headers: HeaderMap,
    asked: Result<Form<Asked>, FormRejection>,
) -> Answer {
    if headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none") {
        return Err(Failure::Asked("a passage is taken from this workbench only".into()));
    }
    let Form(asked) =
        asked.map_err(|_| Failure::Asked(format!("the passage is too long for this page; {TRACE}")))?;
    with_case(state, move |case| show_trace(case, &asked.passage.unwrap_or_default(), false)).await
}

fn document(case: &Case, words: &str) -> Result<DocId, Failure> {
    case.find(words).map_err(Failure::from)
}

async fn reader(
    Extract(state): Extract<Arc<State>>,
    Path(id): Path<String>,
    asked: Result<Params<Asked>, QueryRejection>,
) -> Answer {
    let asked = understood(asked)?;
    with_case(state, move |case| {
        let (id, json) = id.strip_suffix(".json").map_or((id.as_str(), false), |id| (id, true));
        let id = document(case, id)?;
        let hit = asked.s.as_deref().and_then(|words| {
            let (start, end) = words.split_once('-')?;
            Some((start.parse().ok()?, end.parse().ok()?))
        });
        let page = ReaderPage::of(case, id, hit)?;
        let pointed = asked.points.is_some() || page.is_quick();
        let page = if pointed { page.with_points(case)? } else { page };
        let link = format!("/d/{id}.json");
        let about = Frame {
            case: &page.shelf.name,
            title: page.document.heading(),
            here: "account",
            json: Some(link),
            summaries: page.shelf.summaries,
        };
        answer(json, &about, || page.html(Links::Served), || page.json())
    })
    .await
}

async fn compare(Extract(state): Extract<Arc<State>>, Path(pair): Path<String>) -> Answer {
    with_case(state, move |case| {
        let (pair, json) = pair.strip_suffix(".json").map_or((pair.as_str(), false), |pair| (pair, true));
        let ids: Vec<DocId> = pair.split("..").map(|id| document(case, id)).collect::<Result<_, _>>()?;
        let [a, b] = ids[..] else {
            return match ids.len() {
                0 | 1 => Err(Failure::NotFound("compare documents as A..B".into())),
                _ => show_variants(case, &ids, json),
            };
        };
        let page = ComparePage::of(case, a, b)?;
        let link = format!("/compare/{}..{}.json", page.a.id, page.b.id);
        let about = Frame {
            case: &page.shelf.name,
            title: "Compare",
            here: "compare",
            json: Some(link),
            summaries: page.shelf.summaries,
        };
        answer(json, &about, || page.html(Links::Served), || page.json())
    })
    .await
}

fn show_variants(case: &Case, ids: &[DocId], json: bool) -> Answer {
    let page = VariantsPage::of(case, ids)?;
    let names: Vec<String> = ids.iter().map(DocId::to_string).collect();
    let about = Frame {
        case: &page.shelf.name,
        title: "Variants",
        here: "compare",
        json: Some(format!("/compare/{}.json", names.join(".."))),
        summaries: page.shelf.summaries,
    };
    answer(json, &about, || page.html(Links::Served), || page.json())
}

/// A stemma of three witnesses and a lost one.
const ICON: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><g fill='none' stroke='#7a2f1d' stroke-width='2'>\
<circle cx='16' cy='7' r='4' stroke-dasharray='2 2'/><path d='M16 11v5M16 16L7 22M16 16l9 6'/></g>\
<g fill='#7a2f1d'><circle cx='7' cy='25' r='4'/><circle cx='25' cy='25' r='4'/></g></svg>";

async fn asset(Path(name): Path<String>) -> Answer {
    let (kind, body) = match name.as_str() {
        "style.css" => ("text/css; charset=utf-8", page::STYLE),
        "stemma.js" => ("text/javascript; charset=utf-8", page::SCRIPT),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return Err(Failure::NotFound("no such file".into())),
    };
    Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
}
