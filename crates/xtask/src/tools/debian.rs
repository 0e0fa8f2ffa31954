//! The browser of the tests, from the system's packages.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::process::{command, find, output, run_logged};

const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];

/// Chromium's executable: `CHROMIUM` where set, else the first that is on the path.
pub fn chromium() -> Option<PathBuf> {
    std::env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| {
        ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(find)
    })
}

/// The driver that goes with [`chromium`]: `CHROMEDRIVER` where set, else what is on the path.
pub fn chromedriver() -> Option<PathBuf> {
    std::env::var_os("CHROMEDRIVER")
        .map(PathBuf::from)
        .or_else(|| find("chromedriver"))
}

pub fn browser_present() -> bool {
    chromium().is_some() && chromedriver().is_some() && chinese_fonts_present()
}

fn chinese_fonts_present() -> bool {
    // Where there is no fontconfig (macOS, Windows) the system itself has Chinese fonts.
    find("fc-list").is_none()
        || output(command("fc-list").arg(":lang=zh")).is_some_and(|fonts| !fonts.is_empty())
}

pub fn install_browser(log: &Path) -> Outcome {
    if find("apt-get").is_none() {
        return Err(Failure::new(
            "The browser tests need Chromium, chromedriver and a font with Chinese characters: install them with your \
             system's package manager (or set CHROMIUM and CHROMEDRIVER to where they are) and run the command again.",
        ));
    }
    let failure = format!(
        "apt-get could not install {}: run `sudo apt-get install {}` yourself and run the command again",
        PACKAGES.join(", "),
        PACKAGES.join(" ")
    );
    run_logged(apt_get().args(["update", "-qq"]), log, &failure)?;
    run_logged(
        apt_get()
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(PACKAGES),
        log,
        &failure,
    )
}

fn apt_get() -> Command {
    let is_root = output(command("id").arg("-u")).as_deref() == Some("0");
    let mut apt = if is_root {
        command("apt-get")
    } else {
        let mut sudo = command("sudo");
        sudo.args(["--non-interactive", "apt-get"]);
        sudo
    };
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt
}
