//! The camera, and the browser's own reader of barcodes.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlVideoElement;

/// Why nothing is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraFault {
    /// What reads barcodes in the browser's place could not be fetched.
    NotFetched,
    /// Cameras are only for pages that come over HTTPS.
    Insecure,
    /// Its person, or a policy of the device, does not let the page see.
    Refused,
    /// There is no camera.
    Missing,
    /// Something else is using it.
    Busy,
    /// It was not said why.
    Unknown,
}

/// The browser's reader of barcodes.
#[derive(Clone, Debug)]
pub struct Detector {
    detector: JsValue,
    detect: Function,
}

fn constructor() -> Option<Function> {
    let found = Reflect::get(&window(), &"BarcodeDetector".into()).ok()?;
    found.dyn_into().ok()
}

impl Detector {
    /// The reader, for every kind of code the device knows; nothing where the browser has none.
    pub fn new() -> Option<Self> {
        let detector: JsValue = Reflect::construct(&constructor()?, &Array::new()).ok()?;
        let detect = Reflect::get(&detector, &"detect".into()).ok()?.dyn_into().ok()?;
        Some(Self { detector, detect })
    }

    /// The codes in sight; none while the camera has not begun.
    pub async fn look(&self, video: &HtmlVideoElement) -> Vec<String> {
        let Some(codes) = self.ask(video) else {
            return Vec::new();
        };
        let found = JsFuture::from(codes).await.unwrap_or_default();
        let value = |code: JsValue| Reflect::get(&code, &"rawValue".into()).ok()?.as_string();
        found
            .dyn_ref::<Array>()
            .map(|codes| codes.iter().filter_map(value).collect())
            .unwrap_or_default()
    }

    fn ask(&self, video: &HtmlVideoElement) -> Option<Promise> {
        self.detect.call1(&self.detector, video).ok()?.dyn_into().ok()
    }
}

/// What the camera sees, to be shown in a video. It goes on until it is stopped.
#[derive(Clone, Debug)]
pub struct Sight(JsValue);

impl Sight {
    /// Asks for the camera that looks away from its person, or any.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn open() -> Result<Self, CameraFault> {
        let asked = ask_for_camera().ok_or(CameraFault::Insecure)?;
        match JsFuture::from(asked).await {
            Ok(stream) => Ok(Self(stream)),
            Err(error) => Err(fault_of(&error)),
        }
    }

    /// Shows it.
    pub fn show_in(&self, video: &HtmlVideoElement) {
        let _ = Reflect::set(video, &"srcObject".into(), &self.0);
        if let Ok(playing) = video.play() {
            spawn_local(async move {
                // A browser that does not play by itself, or is stopped before it does: the button is there.
                let _ = JsFuture::from(playing).await;
            });
        }
    }

    /// Lets go of the camera, so that its light goes out.
    pub fn stop(&self) {
        let tracks = call(&self.0, "getTracks", None).and_then(|tracks| tracks.dyn_into::<Array>().ok());
        for track in tracks.iter().flat_map(Array::iter) {
            let _ = call(&track, "stop", None);
        }
    }
}

fn ask_for_camera() -> Option<Promise> {
    let navigator = window().navigator();
    let devices = Reflect::get(&navigator, &"mediaDevices".into()).ok()?;
    if devices.is_undefined() || devices.is_null() {
        return None;
    }
    let (video, wanted) = (Object::new(), Object::new());
    Reflect::set(&video, &"facingMode".into(), &"environment".into()).ok()?;
    Reflect::set(&wanted, &"video".into(), &video).ok()?;
    Reflect::set(&wanted, &"audio".into(), &JsValue::FALSE).ok()?;
    call(&devices, "getUserMedia", Some(wanted.as_ref()))?
        .dyn_into()
        .ok()
}

fn call(of: &JsValue, name: &str, argument: Option<&JsValue>) -> Option<JsValue> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    match argument {
        Some(argument) => function.call1(of, argument),
        None => function.call0(of),
    }
    .ok()
}

fn fault_of(error: &JsValue) -> CameraFault {
    let name = Reflect::get(error, &"name".into()).ok();
    match name.and_then(|name| name.as_string()).as_deref() {
        Some("NotAllowedError" | "SecurityError") => CameraFault::Refused,
        Some("NotFoundError" | "OverconstrainedError") => CameraFault::Missing,
        Some("NotReadableError" | "AbortError") => CameraFault::Busy,
        _ => CameraFault::Unknown,
    }
}
