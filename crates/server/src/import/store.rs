//! Storing a plan, in one transaction.

use chrono::{DateTime, Utc};
use countersign_domain::customer::{Address, PaymentPolicy};
use countersign_domain::id::{
    AccountId, AddressId, CategoryId, CustomerId, DraftId, LevelId, LineId, ProductId, RegionId, VariantId,
    WarehouseId,
};
use countersign_domain::money::Money;
use countersign_domain::permission::BuiltInRole;
use countersign_domain::price::PriceTerms;
use countersign_domain::product::{Product, Variant};
use countersign_domain::quantity::{Quantity, QuantityRule, Unit};
use countersign_domain::text::LocalText;

use super::ids::id;
use super::parties::login;
use super::plan::{NewCustomer, NewPlannedOrder, NewProduct, Plan};
use super::{ImportError, Options, SHORTEST_PASSWORD, Sale, staff};
use crate::db::{DbError, Tx};
use crate::repo::accounts::{self, Named, NewAccount, NewSide};
use crate::repo::customers::{self, Customer};
use crate::repo::imported::{self, ImportedLine, ImportedOrder, Known};
use crate::repo::products::{self, Category};
use crate::repo::stock::{self, Warehouse};
use crate::seed::roles;
use crate::state::AppState;

/// Days until the invoice of a customer with credit is due.
const CREDIT_DAYS: u32 = 30;
/// Days from order to delivery, which the files don't say.
const LEAD_DAYS: u32 = 2;
/// Code of the level, region and category of what names none.
const DEFAULT: &str = "default";

/// Stores `plan`.
pub(super) async fn store(
    state: &AppState,
    plan: Plan,
    known: Known,
    staff: &[(&'static str, BuiltInRole)],
    options: &Options,
) -> Result<Sale, ImportError> {
    let mut hashes = hashes(state, options, plan.customers.len() + staff.len()).await?;
    let staff_hashes = hashes.split_off(plan.customers.len());
    let job = Job {
        now: state.clock.now(),
        credit_limit: options.credit_limit,
        hashes,
        staff: staff.iter().copied().zip(staff_hashes).collect(),
        known,
    };
    let done = state.db.write(move |tx| Box::pin(job.run(tx, plan)));
    Ok(done.await?)
}

/// Hashes of the initial password, each with a salt of its own.
async fn hashes(state: &AppState, options: &Options, count: usize) -> Result<Vec<String>, ImportError> {
    let mut hashes = Vec::with_capacity(count);
    if count == 0 {
        return Ok(hashes);
    }
    let password = options.password.as_deref().ok_or(ImportError::PasswordMissing)?;
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(ImportError::PasswordShort);
    }
    for _ in 0..count {
        let hash = state.passwords.hash(password).await;
        hashes.push(hash.map_err(ImportError::Password)?);
    }
    Ok(hashes)
}

struct Job {
    now: DateTime<Utc>,
    credit_limit: Option<Money>,
    hashes: Vec<String>,
    staff: Vec<((&'static str, BuiltInRole), String)>,
    known: Known,
}

impl Job {
    async fn run(mut self, tx: &mut Tx, plan: Plan) -> Result<Sale, DbError> {
        roles::add_built_in(tx).await?;
        for (staff, hash) in std::mem::take(&mut self.staff) {
            staff::add(tx, staff, hash, self.now).await?;
        }
        let warehouse = self.warehouse(tx).await?;
        self.categories(tx, &plan).await?;
        let mut position = u32::try_from(products::count(tx).await?).unwrap_or(u32::MAX);
        for product in &plan.products {
            position = position.saturating_add(1);
            let variant = self.product(tx, product, position).await?;
            stock::set_on_hand(tx, variant, warehouse, product.stock).await?;
        }
        let hashes = std::mem::take(&mut self.hashes);
        for (customer, hash) in plan.customers.iter().zip(hashes) {
            self.customer(tx, customer, hash).await?;
        }
        for order in &plan.orders {
            self.order(tx, order, warehouse).await?;
        }
        self.sale(tx, &plan).await
    }

    /// Where stock is kept: the default warehouse, made when there is none.
    async fn warehouse(&self, tx: &mut Tx) -> Result<WarehouseId, DbError> {
        if let Some(first) = stock::warehouses(tx).await?.into_iter().next() {
            return Ok(first.id);
        }
        let warehouse = Warehouse {
            id: WarehouseId(id("warehouse", DEFAULT)),
            code: DEFAULT.to_owned(),
            name: LocalText::new("主仓库", "Main warehouse"),
            is_default: true,
        };
        stock::put_warehouse(tx, &warehouse).await?;
        Ok(warehouse.id)
    }

    async fn categories(&mut self, tx: &mut Tx, plan: &Plan) -> Result<(), DbError> {
        let there = self.known.categories.len();
        for (position, new) in (there..).zip(&plan.categories) {
            self.category(tx, &new.code, local(&new.name), position).await?;
        }
        let homeless = plan.products.iter().any(|product| product.category.is_none());
        if homeless && !self.known.categories.contains_key(DEFAULT) {
            let name = LocalText::new("未分类", "Other");
            let last = self.known.categories.len();
            self.category(tx, DEFAULT, name, last).await?;
        }
        Ok(())
    }

    async fn category(
        &mut self,
        tx: &mut Tx,
        code: &str,
        name: LocalText,
        position: usize,
    ) -> Result<(), DbError> {
        let category = Category {
            id: CategoryId(id("category", code)),
            parent_id: None,
            code: code.to_owned(),
            name,
            position: u32::try_from(position).unwrap_or(u32::MAX),
        };
        products::put_category(tx, &category).await?;
        self.known.categories.insert(category.code, category.id);
        Ok(())
    }

    async fn product(&mut self, tx: &mut Tx, new: &NewProduct, position: u32) -> Result<VariantId, DbError> {
        let category = new.category.as_deref().unwrap_or(DEFAULT);
        let category_id = found(self.known.categories.get(category), "category", category)?;
        let variant = VariantId(id("variant", &new.code));
        let product = Product {
            id: ProductId(id("product", &new.code)),
            name: local(&new.name),
            brand: local(&new.brand),
            description: local(&new.packing),
            category_id,
            tags: new.tags.iter().map(|tag| local(tag)).collect(),
            picture: None,
            on_sale: !new.discontinued,
            variants: vec![self::variant(variant, new)],
        };
        products::put(tx, &product, position, self.now).await?;
        self.known.variants.insert(new.code.clone(), variant);
        Ok(variant)
    }

    async fn customer(&mut self, tx: &mut Tx, new: &NewCustomer, hash: String) -> Result<(), DbError> {
        let customer = Customer {
            id: CustomerId(id("customer", &new.code)),
            code: new.code.clone(),
            name: local(&new.name),
            level_id: self.level(tx, new.level.as_deref()).await?,
            region_id: self.region(tx, new.region.as_deref()).await?,
            policy: match self.credit_limit {
                Some(limit) => PaymentPolicy::Credit {
                    limit: Some(limit),
                    days: CREDIT_DAYS,
                },
                None => PaymentPolicy::Prepaid,
            },
        };
        customers::put(tx, &customer, self.now).await?;
        let address = Address {
            id: AddressId(id("address", &new.code)),
            contact: new.contact.clone(),
            phone: new.phone.clone(),
            text: new.address.clone(),
        };
        customers::put_address(tx, customer.id, 0, &address).await?;
        let account = NewAccount {
            id: AccountId(id("account", &new.code)),
            login: login(&new.code),
            name: new.contact.clone(),
            password_hash: hash,
            side: NewSide::Customer(customer.id),
        };
        accounts::insert(tx, &account, self.now).await?;
        self.known.customers.insert(customer.code, customer.id);
        Ok(())
    }

    async fn region(&mut self, tx: &mut Tx, name: Option<&str>) -> Result<RegionId, DbError> {
        let (code, name) = named(name, LocalText::new("默认区域", "Default region"));
        if let Some(known) = self.known.regions.get(&code) {
            return Ok(*known);
        }
        let region = Named {
            id: RegionId(id("region", &code)),
            code,
            name,
        };
        accounts::put_region(tx, &region).await?;
        self.known.regions.insert(region.code, region.id);
        Ok(region.id)
    }

    async fn level(&mut self, tx: &mut Tx, name: Option<&str>) -> Result<LevelId, DbError> {
        let (code, name) = named(name, LocalText::new("普通客户", "Standard"));
        if let Some(known) = self.known.levels.get(&code) {
            return Ok(*known);
        }
        let level = Named {
            id: LevelId(id("level", &code)),
            code,
            name,
        };
        accounts::put_level(tx, &level).await?;
        self.known.levels.insert(level.code, level.id);
        Ok(level.id)
    }

    /// Keeps an order until it is replayed. Its goods are put on hand beside what the file says there is, so that after the
    /// replay that is what is left.
    async fn order(&self, tx: &mut Tx, new: &NewPlannedOrder, warehouse: WarehouseId) -> Result<(), DbError> {
        let mut lines = Vec::with_capacity(new.lines.len());
        for (place, line) in new.lines.iter().enumerate() {
            let variant_id = found(self.known.variants.get(&line.product), "product", &line.product)?;
            let units = imported::sale_of(tx, variant_id).await?;
            let goods = line.quantity.times(units.factor);
            imported::add_on_hand(tx, variant_id, warehouse, goods).await?;
            if !units.on_sale {
                imported::set_on_sale(tx, variant_id, true, self.now).await?;
            }
            lines.push(ImportedLine {
                id: LineId(id("line", &format!("{} {place}", new.code))),
                variant_id,
                price: line.price,
                quantity: line.quantity,
                discount: line.discount,
            });
        }
        let order = ImportedOrder {
            draft_id: DraftId(id("order", &new.code)),
            code: new.code.clone(),
            customer_id: found(self.known.customers.get(&new.customer), "customer", &new.customer)?,
            ordered_on: new.ordered_on,
            freight: new.freight,
            lines,
        };
        imported::insert(tx, &order, self.now).await
    }

    /// Takes discontinued products off sale that no imported order waits for.
    async fn sale(&self, tx: &mut Tx, plan: &Plan) -> Result<Sale, DbError> {
        let waiting = imported::waiting_variants(tx).await?;
        let mut sale = Sale::default();
        for code in &plan.discontinued {
            let variant = found(self.known.variants.get(code), "product", code)?;
            if waiting.contains(&variant) {
                sale.waiting += 1;
            } else if imported::sale_of(tx, variant).await?.on_sale {
                imported::set_on_sale(tx, variant, false, self.now).await?;
                sale.taken_off += 1;
            }
        }
        Ok(sale)
    }
}

fn variant(id: VariantId, new: &NewProduct) -> Variant {
    let unit = match &new.unit {
        Some(unit) => local(unit),
        None => LocalText::new("件", "unit"),
    };
    Variant {
        id,
        sku: new.code.clone(),
        barcode: None,
        name: LocalText::default(),
        base_unit: Unit {
            code: "unit".to_owned(),
            name: unit,
            factor: Quantity::ONE,
        },
        packs: Vec::new(),
        ordering_unit: "unit".to_owned(),
        prices: PriceTerms {
            list: new.price,
            levels: Default::default(),
            breaks: Vec::new(),
        },
        rule: QuantityRule::default(),
        lead_days: LEAD_DAYS,
        made_to_order: false,
        reorder_level: new.reorder_level,
    }
}

/// Code and name of a region or level; those of the default where the file names none.
fn named(name: Option<&str>, default: LocalText) -> (String, LocalText) {
    match name {
        Some(name) => (name.to_lowercase(), local(name)),
        None => (DEFAULT.to_owned(), default),
    }
}

/// A text in the language it is written in; readers of the other one get the same.
fn local(text: &str) -> LocalText {
    let is_chinese = text
        .chars()
        .any(|letter| matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'));
    if is_chinese {
        LocalText::new(text, "")
    } else {
        LocalText::new("", text)
    }
}

/// What the checks have found before.
fn found<T: Copy>(known: Option<&T>, kind: &str, code: &str) -> Result<T, DbError> {
    known
        .copied()
        .ok_or_else(|| DbError::Corrupt(format!("the {kind} {code:?} is gone")))
}
