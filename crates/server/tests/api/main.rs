//! The API over HTTP, on a real database. One file per URL; what every test needs is in `support`.

mod account;
mod catalog;
mod drafts;
mod events;
mod fixture;
mod home;
mod orders;
mod orders_changes;
mod orders_desk;
mod orders_goods;
mod orders_policy;
mod orders_read;
mod orders_way;
mod seed;
mod session;
mod settings;
mod site;
mod stock;
mod support;
