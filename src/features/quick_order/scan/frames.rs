//! Pictures out of a video, for the app's own reader of barcodes.

use js_sys::{Array, Function, Reflect, Uint8ClampedArray};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlVideoElement;

use crate::features::quick_order::scan::decode::Picture;

/// A wider picture is made smaller: its bars are wide enough then, and it is read in a moment on any phone.
const MOST_WIDTH: u32 = 800;

/// Where a video is drawn, out of sight, to be looked at dot by dot.
#[derive(Clone, Debug)]
pub struct Frames {
    canvas: JsValue,
    pen: JsValue,
}

impl Frames {
    /// Makes one.
    pub fn new() -> Option<Self> {
        let canvas: JsValue = document().create_element("canvas").ok()?.into();
        // What is drawn is read back every time.
        let options = js_sys::Object::new();
        Reflect::set(&options, &"willReadFrequently".into(), &JsValue::TRUE).ok()?;
        let pen = call(&canvas, "getContext", &["2d".into(), options.into()])?;
        pen.is_object().then_some(Self { canvas, pen })
    }

    /// What the video shows now; nothing while the camera has not begun.
    pub fn picture(&self, video: &HtmlVideoElement) -> Option<Picture> {
        let (width, height) = fitting(video.video_width(), video.video_height())?;
        for (name, size) in [("width", width), ("height", height)] {
            // Setting it, even to what it is, wipes it clean and costs time.
            if Reflect::get(&self.canvas, &name.into()).ok()?.as_f64() != Some(size.into()) {
                Reflect::set(&self.canvas, &name.into(), &size.into()).ok()?;
            }
        }
        let (zero, width_of, height_of) = (JsValue::from(0), width.into(), height.into());
        let whole = [zero.clone(), zero, width_of, height_of];
        let [x, y, w, h] = whole.clone();
        call(&self.pen, "drawImage", &[video.into(), x, y, w, h])?;
        let dots = call(&self.pen, "getImageData", &whole)?;
        let dots: Uint8ClampedArray = Reflect::get(&dots, &"data".into()).ok()?.dyn_into().ok()?;
        Some(Picture {
            shades: dots.to_vec().chunks_exact(4).map(shade).collect(),
            width,
            height,
        })
    }
}

/// The size of a picture of a video, no wider than is looked at; nothing where the video has none yet.
fn fitting(width: u32, height: u32) -> Option<(u32, u32)> {
    let fits = width.min(MOST_WIDTH);
    let height = height.checked_mul(fits)?.checked_div(width)?;
    (height > 0).then_some((fits, height))
}

/// How light a dot of red, green and blue looks, as television has weighed them since it has colours.
fn shade(dot: &[u8]) -> u8 {
    let weighed = dot.iter().zip([77_u32, 150, 29]);
    let sum: u32 = weighed
        .map(|(part, weight)| u32::from(*part).saturating_mul(weight))
        .sum();
    u8::try_from(sum / 256).unwrap_or(u8::MAX)
}

fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(of, &arguments.iter().collect::<Array>()).ok()
}

#[cfg(test)]
mod tests {
    use super::{fitting, shade};

    #[test]
    fn a_picture_keeps_its_shape_and_is_not_made_larger() {
        assert_eq!(fitting(640, 480), Some((640, 480)));
        assert_eq!(fitting(1_920, 1_080), Some((800, 450)));
        assert_eq!(fitting(0, 0), None);
    }

    #[test]
    fn black_is_black_and_white_is_white() {
        assert_eq!(shade(&[0, 0, 0, 255]), 0);
        assert_eq!(shade(&[255, 255, 255, 255]), 255);
        assert_eq!(shade(&[0, 255, 0, 255]), 149);
    }
}
