//! What the rules of the business promise, by the numbers of domain.md.
//!
//! `world` is the little company every test runs in; the rest are the tests, one file per part of the specification.

mod deadline;
mod machine;
mod machine_steps;
mod permission;
mod policy;
mod price;
mod quantity;
mod returns;
mod returns_machine;
mod rules_01_to_04;
mod rules_05_to_08;
mod rules_09_to_14;
mod stored;
mod track;
mod world;
