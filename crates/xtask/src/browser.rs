//! The browser test: the demo opened in Chromium. Where there is no Chromium it is skipped, loudly.

use crate::{root, run};
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// Pinned: a newer one may speak another protocol.
const PACKAGES: &[&str] = &["playwright-core@1.65.1", "axe-core@4.14.1"];

pub(crate) fn test() -> Result<()> {
    let (Some(chromium), Some(node)) =
        (find(&["chromium", "chromium-browser", "google-chrome"]), find(&["node"]))
    else {
        if std::env::var("STEMMA_CI").is_ok_and(|value| value == "1") {
            bail!("the browser test needs Chromium and Node.js: apt-get install chromium nodejs npm");
        }
        println!(
            "SKIPPED: THE BROWSER TEST (it needs Chromium and Node.js: apt-get install chromium nodejs npm)"
        );
        return Ok(());
    };
    run(Command::new("cargo").args(["build", "--quiet", "--package", "stemma", "--locked"]))?;
    let folder = target().join("browser-test");
    std::fs::create_dir_all(&folder)?;
    if !PACKAGES.iter().all(|package| is_installed(&folder, package)) {
        std::fs::write(folder.join("package.json"), "{\"private\": true, \"type\": \"module\"}\n")?;
        run(Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--prefix"])
            .arg(&folder)
            .args(PACKAGES))?;
    }
    // The test is run from beside its packages, where Node.js looks for them.
    std::fs::copy(root().join("tests/browser/demo.mjs"), folder.join("demo.mjs"))?;
    run(Command::new(node).arg(folder.join("demo.mjs")).arg(target().join("debug/stemma")).arg(chromium))
}

/// Whether a package of exactly this version lies in the folder.
fn is_installed(folder: &std::path::Path, package: &str) -> bool {
    let Some((name, version)) = package.rsplit_once('@') else { return false };
    std::fs::read_to_string(folder.join("node_modules").join(name).join("package.json"))
        .is_ok_and(|about| about.contains(&format!("\"version\": \"{version}\"")))
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}
