//! Everything that goes wrong between a device and the server, on seeded schedules: the real outbox and drafts
//! (`countersign-sync`) against the real server's router and database, with a network that drops, delays, doubles and
//! reorders, tabs that crash at any moment, power that fails, clocks that jump, sessions that end and prices that change.
//!
//! A seed gives one schedule, the same on every machine. In it, every future of the device is polled by hand: whatever it
//! waits for - storage, network - goes on when the schedule says so, and may be dropped instead ([`slot`]). At the end
//! everything is mended, the person agrees to everything, and [`oracle`] compares device and server: nothing lost,
//! nothing doubled, and no state on the device that contradicts the server.
//!
//! In some schedules the person has two devices, which keep copies of the drafts on the server: what was typed on either
//! and said to be safe ([`typing`]) ends in an order, or its person has thrown it away.
//!
//! That this finds something is shown by breaking the protocol on purpose in many ways ([`breakage`]).

pub mod breakage;
pub mod device;
pub mod disk;
pub mod fixture;
pub mod network;
pub mod oracle;
pub mod rng;
pub mod runner;
pub mod schedule;
pub mod screen;
pub mod server;
pub mod slot;
pub mod typing;
pub mod user;
mod world;
