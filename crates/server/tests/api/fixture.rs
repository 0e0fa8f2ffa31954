//! A small wholesaler: two customers in two regions, a few staff, two products.

use chrono::{DateTime, TimeZone, Utc};
use countersign_domain::customer::{Address, PaymentPolicy};
use countersign_domain::id::{
    AccountId, AddressId, CategoryId, CustomerId, LevelId, ProductId, RegionId, RoleId, VariantId,
    WarehouseId,
};
use countersign_domain::money::Money;
use countersign_domain::permission::BuiltInRole;
use countersign_domain::price::PriceTerms;
use countersign_domain::product::{Product, Variant};
use countersign_domain::quantity::{Quantity, QuantityRule, Unit};
use countersign_domain::text::LocalText;
use countersign_server::db::DbError;
use countersign_server::repo::accounts::{self, Named, NewAccount, NewSide, Role};
use countersign_server::repo::customers::{self, Customer};
use countersign_server::repo::products::{self, Category};
use countersign_server::repo::stock::{self, Warehouse};
use countersign_server::state::AppState;
use uuid::Uuid;

/// The password of every account.
pub const PASSWORD: &str = "correct horse";

/// The distributor most tests order as.
pub const TEA_HOUSE: CustomerId = CustomerId(Uuid::from_u128(0x0100));
/// Another distributor, in another region.
pub const KIOSK: CustomerId = CustomerId(Uuid::from_u128(0x0101));
/// The tea house's ordering account.
pub const ANNA: AccountId = AccountId(Uuid::from_u128(0x0200));
/// The tea house's address.
pub const TEA_HOUSE_ADDRESS: AddressId = AddressId(Uuid::from_u128(0x0300));
/// The kiosk's address.
pub const KIOSK_ADDRESS: AddressId = AddressId(Uuid::from_u128(0x0301));
/// Green tea: 12.50 a case, at least 2, in twos.
pub const GREEN_TEA: VariantId = VariantId(Uuid::from_u128(0x0400));
/// Black tea: not on sale.
pub const BLACK_TEA: VariantId = VariantId(Uuid::from_u128(0x0401));
/// Where the tea house is.
pub const EAST: RegionId = RegionId(Uuid::from_u128(0x0500));
/// Where the kiosk is.
pub const NORTH: RegionId = RegionId(Uuid::from_u128(0x0501));
/// The only level.
pub const LEVEL: LevelId = LevelId(Uuid::from_u128(0x0600));

/// When every test begins.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 4, 0, 0)
        .single()
        .expect("a moment that exists")
}

fn text(zh: &str, en: &str) -> LocalText {
    LocalText::new(zh, en)
}

/// Fills the database. Logins: `anna` (tea house), `bao` (kiosk), `admin`, `east` and `north` (regional managers), `shipper`.
pub async fn fill(state: &AppState) {
    let hash = state
        .passwords
        .hash(PASSWORD)
        .await
        .expect("a password can be hashed");
    state
        .db
        .write(move |tx| {
            Box::pin(async move {
                for (id, code, name) in [
                    (EAST, "east", text("华东", "East")),
                    (NORTH, "north", text("华北", "North")),
                ] {
                    accounts::put_region(
                        tx,
                        &Named {
                            id,
                            code: code.to_owned(),
                            name,
                        },
                    )
                    .await?;
                }
                let level = Named {
                    id: LEVEL,
                    code: "gold".to_owned(),
                    name: text("金牌", "Gold"),
                };
                accounts::put_level(tx, &level).await?;
                for (number, role) in (0x0700..).zip(BuiltInRole::ALL) {
                    let code = format!("{role:?}");
                    let role = Role {
                        id: RoleId(Uuid::from_u128(number)),
                        name: text(&code, &code),
                        code,
                        permissions: role.default_permissions(),
                    };
                    accounts::put_role(tx, &role).await?;
                }
                for (id, code, name, region_id, address) in [
                    (
                        TEA_HOUSE,
                        "C001",
                        text("茶馆", "Tea House"),
                        EAST,
                        TEA_HOUSE_ADDRESS,
                    ),
                    (KIOSK, "C002", text("小卖部", "Kiosk"), NORTH, KIOSK_ADDRESS),
                ] {
                    let customer = Customer {
                        id,
                        code: code.to_owned(),
                        name,
                        level_id: LEVEL,
                        region_id,
                        policy: PaymentPolicy::Prepaid,
                    };
                    customers::put(tx, &customer, noon()).await?;
                    let address = Address {
                        id: address,
                        contact: "王".to_owned(),
                        phone: "1".to_owned(),
                        text: "街 1".to_owned(),
                    };
                    customers::put_address(tx, id, 1, &address).await?;
                }
                fill_catalog(tx).await?;
                let role = |role: BuiltInRole| {
                    let place = BuiltInRole::ALL
                        .iter()
                        .position(|one| *one == role)
                        .expect("one of all");
                    RoleId(Uuid::from_u128(0x0700 + place as u128))
                };
                let staff = |roles: &[BuiltInRole], regions: &[RegionId]| NewSide::Staff {
                    roles: roles.iter().map(|one| role(*one)).collect(),
                    regions: regions.to_vec(),
                };
                let accounts = [
                    ("anna", NewSide::Customer(TEA_HOUSE)),
                    ("bao", NewSide::Customer(KIOSK)),
                    ("admin", staff(&[BuiltInRole::SystemAdministrator], &[])),
                    ("east", staff(&[BuiltInRole::RegionalManager], &[EAST])),
                    ("north", staff(&[BuiltInRole::RegionalManager], &[NORTH])),
                    ("shipper", staff(&[BuiltInRole::Shipper], &[])),
                ];
                for (number, (login, side)) in (0x0200..).zip(accounts) {
                    let account = NewAccount {
                        id: AccountId(Uuid::from_u128(number)),
                        login: login.to_owned(),
                        name: login.to_uppercase(),
                        password_hash: hash.clone(),
                        side,
                    };
                    accounts::insert(tx, &account, noon()).await?;
                }
                Ok::<_, DbError>(())
            })
        })
        .await
        .expect("the fixture fits the schema");
}

async fn fill_catalog(connection: &mut sqlx::SqliteConnection) -> Result<(), DbError> {
    let category_id = CategoryId(Uuid::from_u128(0x0800));
    let category = Category {
        id: category_id,
        parent_id: None,
        code: "tea".to_owned(),
        name: text("茶", "Tea"),
        position: 1,
    };
    products::put_category(connection, &category).await?;
    for (position, variant, name, on_sale) in [
        (1, GREEN_TEA, text("绿茶", "Green tea"), true),
        (2, BLACK_TEA, text("红茶", "Black tea"), false),
    ] {
        let product = Product {
            id: ProductId(Uuid::from_u128(0x0900 + u128::from(position))),
            name,
            brand: LocalText::default(),
            description: LocalText::default(),
            category_id,
            tags: Vec::new(),
            picture: None,
            on_sale,
            variants: vec![variant_of(variant, position)],
        };
        products::put(connection, &product, position, noon()).await?;
    }
    let warehouse = Warehouse {
        id: WarehouseId(Uuid::from_u128(0x0a00)),
        code: "main".to_owned(),
        name: text("主仓", "Main"),
        is_default: true,
    };
    stock::put_warehouse(connection, &warehouse).await?;
    stock::set_on_hand(connection, GREEN_TEA, warehouse.id, Quantity::whole(1_000)).await
}

/// A variant with the SKU `TEA-<number>` in boxes of 12.50.
pub fn variant_of(id: VariantId, number: u32) -> Variant {
    Variant {
        id,
        sku: format!("TEA-{number}"),
        barcode: None,
        name: LocalText::default(),
        base_unit: Unit {
            code: "box".to_owned(),
            name: text("盒", "box"),
            factor: Quantity::ONE,
        },
        packs: Vec::new(),
        ordering_unit: "box".to_owned(),
        prices: PriceTerms {
            list: Money::new(1250, 2),
            levels: Default::default(),
            breaks: Vec::new(),
        },
        rule: QuantityRule {
            minimum: Some(Quantity::whole(2)),
            multiple: Some(Quantity::whole(2)),
            maximum: None,
        },
        lead_days: 2,
        made_to_order: false,
        reorder_level: Quantity::whole(10),
    }
}
