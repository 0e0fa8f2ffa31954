//! What the rules of the business promise, by the numbers of domain.md.
//!
//! `world` is the little company every test runs in; the rest are the tests, one file per part of the specification.

mod alert;
mod conversation;
mod deadline;
mod delegation;
mod file;
mod funding;
mod machine;
mod machine_steps;
mod notice;
mod open;
mod permission;
mod plan;
mod policy;
mod price;
mod promotion;
mod promotion_bundle;
mod promotion_freight;
mod promotion_frozen;
mod promotion_random;
mod quantity;
mod rating;
mod reorder;
mod returns;
mod returns_machine;
mod rules_01_to_04;
mod rules_05_to_08;
mod rules_09_to_10;
mod rules_11_to_14;
mod search;
mod search_lists;
mod sheet;
mod sheet_columns;
mod stored;
mod substitutes;
mod track;
mod usual;
mod world;
