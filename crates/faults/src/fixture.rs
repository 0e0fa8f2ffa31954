//! A tiny supplier: one distributor with two accounts, one product.

use chrono::{DateTime, TimeDelta, Utc};
use countersign_domain::customer::{Address, PaymentPolicy};
use countersign_domain::id::{
    AccountId, AddressId, CategoryId, CustomerId, LevelId, ProductId, RegionId, VariantId,
};
use countersign_domain::money::Money;
use countersign_domain::price::PriceTerms;
use countersign_domain::product::{Product, Variant};
use countersign_domain::quantity::{Quantity, QuantityRule, Unit};
use countersign_domain::text::LocalText;
use countersign_server::db::DbError;
use countersign_server::digest::sha256_hex;
use countersign_server::repo::accounts::{self, Named, NewAccount, NewSide};
use countersign_server::repo::customers::{self, Customer};
use countersign_server::repo::products::{self, Category};
use countersign_server::repo::sessions;
use countersign_server::state::AppState;
use uuid::Uuid;

/// The distributor.
pub const CUSTOMER: CustomerId = CustomerId(Uuid::from_u128(0x0100));
/// Who orders.
pub const ACCOUNT: AccountId = AccountId(Uuid::from_u128(0x0200));
/// A colleague who signs in on the same device now and then.
pub const COLLEAGUE: AccountId = AccountId(Uuid::from_u128(0x0201));
/// Where it goes.
pub const ADDRESS: AddressId = AddressId(Uuid::from_u128(0x0300));
/// What is ordered.
pub const VARIANT: VariantId = VariantId(Uuid::from_u128(0x0400));
/// Its product.
pub const PRODUCT: ProductId = ProductId(Uuid::from_u128(0x0900));

/// As whom a request goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// The owner of what is on the device.
    Own,
    /// Somebody else of the same distributor.
    Colleague,
    /// Nobody: the session has ended.
    None,
    /// The owner, but without the header that every change needs: something between has taken it.
    Foreign,
}

impl Session {
    /// The session's id in the cookie.
    pub fn cookie(self) -> Option<&'static str> {
        match self {
            Self::Own | Self::Foreign => Some("own"),
            Self::Colleague => Some("colleague"),
            Self::None => None,
        }
    }
}

/// When the server begins; its clock stands still, so that sessions last.
pub fn beginning() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_780)
}

/// An amount of cents above 10.00.
pub fn money(cents: i64) -> Money {
    Money::new(1_000 + cents, 2)
}

/// The unit everything is ordered in.
pub fn unit() -> Unit {
    Unit {
        code: "box".to_owned(),
        name: LocalText::new("盒", "box"),
        factor: Quantity::ONE,
    }
}

/// Puts the world into an empty database.
///
/// # Errors
/// What the database said.
pub async fn fill(state: &AppState) -> Result<(), DbError> {
    state.db.write(|tx| Box::pin(put(tx))).await
}

async fn put(tx: &mut countersign_server::db::Tx) -> Result<(), DbError> {
    let now = beginning();
    let named = |id: u128, code: &str| (Uuid::from_u128(id), code.to_owned(), LocalText::new(code, code));
    let (region, code, name) = named(0x0500, "east");
    let region_id = RegionId(region);
    let id = region_id;
    accounts::put_region(tx, &Named { id, code, name }).await?;
    let (level, code, name) = named(0x0600, "gold");
    let level_id = LevelId(level);
    let id = level_id;
    accounts::put_level(tx, &Named { id, code, name }).await?;
    let customer = Customer {
        id: CUSTOMER,
        code: "C001".to_owned(),
        name: LocalText::new("茶馆", "Tea House"),
        level_id,
        region_id,
        policy: PaymentPolicy::Prepaid,
    };
    customers::put(tx, &customer, now).await?;
    let address = Address {
        id: ADDRESS,
        contact: "王".to_owned(),
        phone: "1".to_owned(),
        text: "街 1".to_owned(),
    };
    customers::put_address(tx, CUSTOMER, 1, &address).await?;
    let (category, code, name) = named(0x0800, "tea");
    let category = Category {
        id: CategoryId(category),
        parent_id: None,
        code,
        name,
        position: 1,
    };
    products::put_category(tx, &category).await?;
    products::put(tx, &product(category.id), 1, now).await?;
    products::put_agreed_price(tx, CUSTOMER, VARIANT, money(0)).await?;
    for (id, session) in [(ACCOUNT, Session::Own), (COLLEAGUE, Session::Colleague)] {
        let login = session.cookie().unwrap_or_default();
        let account = NewAccount {
            id,
            login: login.to_owned(),
            name: login.to_owned(),
            // No password hashes to this: nobody signs in here, the sessions are put in below.
            password_hash: "-".to_owned(),
            side: NewSide::Customer(CUSTOMER),
        };
        accounts::insert(tx, &account, now).await?;
        let expires = now + TimeDelta::days(30);
        sessions::insert(tx, &sha256_hex(login.as_bytes()), id, now, expires).await?;
    }
    Ok(())
}

fn product(category_id: CategoryId) -> Product {
    Product {
        id: PRODUCT,
        name: LocalText::new("绿茶", "Green tea"),
        brand: LocalText::default(),
        description: LocalText::default(),
        category_id,
        tags: Vec::new(),
        picture: None,
        on_sale: true,
        variants: vec![Variant {
            id: VARIANT,
            sku: "TEA-1".to_owned(),
            barcode: None,
            name: LocalText::default(),
            base_unit: unit(),
            packs: Vec::new(),
            ordering_unit: unit().code,
            prices: PriceTerms {
                list: Money::new(99_999, 2),
                levels: Default::default(),
                breaks: Vec::new(),
            },
            rule: QuantityRule {
                minimum: Some(Quantity::whole(2)),
                multiple: None,
                // Two devices add as many lines of it as they like.
                maximum: None,
            },
            lead_days: 2,
            made_to_order: false,
            reorder_level: Quantity::ONE,
        }],
    }
}
