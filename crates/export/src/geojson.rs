//! Places as GeoJSON (RFC 7946), for any program that draws maps.

use crate::Exporter;
use case::{Case, Result};
use page::{PlacesPage, View, Wanted};

pub(crate) const GEOJSON: Exporter = Exporter {
    name: "geojson",
    about: "the places meant as places, each with its precision; countries have no point",
    ending: "geojson",
    write,
};

fn write(case: &Case) -> Result<String> {
    let page = PlacesPage::of(case, &Wanted::default(), View::World, usize::MAX)?;
    Ok(format!("{}\n", page.geojson()))
}
