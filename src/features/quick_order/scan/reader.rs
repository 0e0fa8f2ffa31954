//! What reads the codes in sight: the browser's own reader where it has one, else the app's, which is fetched when it is
//! first needed.

#[cfg(feature = "split")]
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use web_sys::HtmlVideoElement;

use crate::features::quick_order::scan::camera::{CameraFault, Detector};
use crate::features::quick_order::scan::decode::{self, Picture};
use crate::features::quick_order::scan::frames::Frames;

/// Reads codes.
#[derive(Clone, Debug)]
pub enum Reader {
    /// The browser does.
    Browser(Detector),
    /// The app does.
    App(OwnReader),
}

/// The app's own reader.
#[derive(Clone, Debug)]
pub struct OwnReader {
    read: ReadPicture,
    frames: Frames,
    /// What was read at the last look.
    last: Option<String>,
}

/// The code in a picture. A plain function, so that it is in the part that is fetched and nowhere else.
type ReadPicture = fn(Picture) -> Option<String>;

impl Reader {
    /// The best reader there is.
    ///
    /// # Errors
    /// When the app's own can't be fetched, or the browser does not let it look.
    pub async fn new() -> Result<Self, CameraFault> {
        if let Some(detector) = Detector::new() {
            return Ok(Self::Browser(detector));
        }
        #[cfg(feature = "split")]
        let fetched = barcodes().await;
        #[cfg(not(feature = "split"))]
        let fetched = barcodes();
        Ok(Self::App(OwnReader {
            read: fetched.map_err(|NotFetched| CameraFault::NotFetched)?,
            frames: Frames::new().ok_or(CameraFault::Unknown)?,
            last: None,
        }))
    }

    /// The codes in sight; none while the camera has not begun.
    pub async fn look(&mut self, video: &HtmlVideoElement) -> Vec<String> {
        match self {
            Self::Browser(detector) => detector.look(video).await,
            Self::App(own) => {
                let found = own.frames.picture(video).and_then(own.read);
                twice(&mut own.last, found).into_iter().collect()
            }
        }
    }
}

/// The code that was `found` now, where it is what was found at the last look, too: one look may misread a code so that its sum
/// happens to be right.
fn twice(last: &mut Option<String>, found: Option<String>) -> Option<String> {
    let is_sure = found.is_some() && found == *last;
    last.clone_from(&found);
    found.filter(|_| is_sure)
}

/// The app's own reader could not be fetched. The next call tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NotFetched;

#[cfg(feature = "split")]
impl From<SplitLoaderError> for NotFetched {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

#[cfg_attr(
    feature = "split",
    wasm_split(barcodes, wasm_split_path = ::leptos::wasm_split, fallible)
)]
fn barcodes() -> Result<ReadPicture, NotFetched> {
    let read: ReadPicture = decode::code;
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::twice;

    #[test]
    fn a_code_counts_once_it_was_seen_twice_in_a_row() {
        let mut last = None;
        let mut look = |code: Option<&str>| twice(&mut last, code.map(str::to_owned));
        assert_eq!(look(Some("690")), None);
        assert_eq!(look(Some("690")).as_deref(), Some("690"));
        assert_eq!(look(Some("691")), None);
        assert_eq!(look(None), None);
        assert_eq!(look(Some("691")), None);
        assert_eq!(look(Some("691")).as_deref(), Some("691"));
    }
}
