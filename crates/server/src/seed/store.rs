//! The sample into the tables.

use chrono::{DateTime, Utc};
use countersign_domain::money::Currency;
use countersign_domain::product::StockDisplay;
use countersign_domain::workflow::Workflow;
use countersign_testkit::sample::COMPANY;
use countersign_testkit::sample::catalog::Level;
use countersign_testkit::sample::customers::{Region, customers as sample_customers};
use countersign_testkit::sample::warehouses::{MAIN, RESERVE};

use super::goods::{Goods, assortment, level_id, variant_id};
use super::people::{self, region_id};
use super::play::{Outcome, agreed_price};
use super::shelves::warehouse_id;
use super::{SeedError, local, roles};
use crate::db::Tx;
use crate::digest::sha256_hex;
use crate::repo::accounts::{self, Named};
use crate::repo::media::{self, Medium};
use crate::repo::stock::{self, Warehouse};
use crate::repo::{
    assortments, customers, orders as repo_orders, payments, products, settings as repo_settings,
};

/// The settings of the demo.
pub(super) async fn settings(tx: &mut Tx, workflow: &Workflow, now: DateTime<Utc>) -> Result<(), SeedError> {
    repo_settings::put(tx, repo_settings::COMPANY, &local(COMPANY), now).await?;
    repo_settings::put(tx, repo_settings::WORKFLOW, workflow, now).await?;
    repo_settings::put(tx, repo_settings::STOCK_DISPLAY, &StockDisplay::default(), now).await?;
    let accounts = people::demo_accounts();
    repo_settings::put(tx, repo_settings::DEMO_ACCOUNTS, &accounts, now).await?;
    Ok(())
}

/// Regions, levels, roles, customers and the accounts of both sides.
pub(super) async fn people(tx: &mut Tx, password_hash: &str, now: DateTime<Utc>) -> Result<(), SeedError> {
    for region in Region::ALL {
        let named = Named {
            id: region_id(region),
            code: region.key().to_owned(),
            name: local(region.name()),
        };
        accounts::put_region(tx, &named).await?;
    }
    for level in Level::ALL {
        let named = Named {
            id: level_id(level),
            code: level.code().to_owned(),
            name: local(level.name()),
        };
        accounts::put_level(tx, &named).await?;
    }
    roles::add_built_in(tx).await?;
    for sample in sample_customers() {
        let customer = people::customer(sample)?;
        customers::put(tx, &customer, now).await?;
        for (position, address) in (1..).zip(people::addresses(sample)) {
            customers::put_address(tx, customer.id, position, &address).await?;
        }
    }
    for account in people::accounts(password_hash)? {
        accounts::insert(tx, &account, now).await?;
    }
    Ok(())
}

/// Warehouses, categories, products, their pictures, and the prices agreed with customers.
pub(super) async fn goods(tx: &mut Tx, goods: &Goods, now: DateTime<Utc>) -> Result<(), SeedError> {
    for (warehouse, is_default) in [(MAIN, true), (RESERVE, false)] {
        let warehouse = Warehouse {
            id: warehouse_id(warehouse.code),
            code: warehouse.code.to_owned(),
            name: local(warehouse.name),
            is_default,
        };
        stock::put_warehouse(tx, &warehouse).await?;
    }
    for category in &goods.categories {
        products::put_category(tx, category).await?;
    }
    for level in Level::ALL {
        let assortment = assortment(level);
        if !assortment.is_whole() {
            assortments::put(tx, level_id(level), &assortment, now).await?;
        }
    }
    for (position, product) in (1..).zip(&goods.products) {
        products::put(tx, product, position, now).await?;
    }
    for (name, svg) in &goods.pictures {
        let medium = Medium {
            content_type: "image/svg+xml".to_owned(),
            body: svg.clone().into_bytes(),
        };
        media::put(tx, name, &medium).await?;
    }
    for sample in sample_customers() {
        let customer = people::customer(sample)?;
        for (sku, _) in &sample.agreed_prices {
            let price = agreed_price(sample, sku)
                .ok_or_else(|| SeedError::Sample(format!("{} has a price for no {sku}", sample.code)))?;
            products::put_agreed_price(tx, customer.id, variant_id(sku), price).await?;
        }
    }
    Ok(())
}

/// The orders with their history, what was paid for them, and the stock they left.
pub(super) async fn orders(tx: &mut Tx, played: &Outcome, currency: &Currency) -> Result<(), SeedError> {
    for (variant, warehouse, shelf) in played.shelves.iter() {
        stock::set_on_hand(tx, variant, warehouse, shelf.on_hand).await?;
        if !shelf.reserved.is_zero() {
            stock::reserve(tx, variant, warehouse, stock::to_units(shelf.reserved)).await?;
        }
    }
    for one in &played.orders {
        let fingerprint = sha256_hex(one.order.draft_id.to_string().as_bytes());
        repo_orders::insert(tx, &one.order, &one.events, &one.customer, &fingerprint).await?;
        for payment in &one.payments {
            payments::add(tx, payment, currency).await?;
        }
    }
    Ok(())
}
