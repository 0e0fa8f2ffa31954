//! Mounts the app in place of what `index.html` drew before it was there.

fn main() {
    countersign::app::start();
}
