//! Codes that are scanned: by the camera, or by a scanner that types them, wherever the focus is.

mod camera;
mod decode;
mod frames;
mod panel;
mod reader;
mod reads;
mod wedge;
mod wedge_listener;

pub use panel::ScanPanel;
pub use wedge_listener::listen_to_scanners;
