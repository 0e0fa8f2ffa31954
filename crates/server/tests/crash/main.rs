//! Exactly once, with the real program: killed at any moment, and asked for the same thing by many at once.

mod device;
#[path = "../api/fixture.rs"]
mod fixture;
mod herd;
mod killed;
mod program;
mod random;
