//! The wholesaler's customers.
//!
//! `data/customers.txt` has a block of lines for each:
//!
//! ```text
//! customer CODE | 名称 | Name | region | level | login | policy | contact | phone | rhythm | favourite categories
//! at province | city | street | contact | phone              one to three times
//! opening prepay=.. rebate=.. deposit=.. owed=..             at the beginning of the sample's time
//! agreed SKU PRICE                                           any number of times
//! ```

use std::sync::LazyLock;

use chrono::Weekday;
use rust_decimal::Decimal;

use super::catalog::Level;
use super::table::{Line, options};
use super::{DataError, Text};

/// A sales region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Region {
    /// 华东.
    East,
    /// 华北.
    North,
    /// 华南.
    South,
    /// 华中.
    Central,
    /// 西南.
    Southwest,
    /// 西北.
    Northwest,
    /// 东北.
    Northeast,
}

impl Region {
    /// Every region.
    pub const ALL: [Self; 7] = [
        Self::East,
        Self::North,
        Self::South,
        Self::Central,
        Self::Southwest,
        Self::Northwest,
        Self::Northeast,
    ];

    /// The name used in the data file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::East => "east",
            Self::North => "north",
            Self::South => "south",
            Self::Central => "central",
            Self::Southwest => "southwest",
            Self::Northwest => "northwest",
            Self::Northeast => "northeast",
        }
    }

    /// What people call it.
    pub const fn name(self) -> Text {
        match self {
            Self::East => Text::new("华东", "East China"),
            Self::North => Text::new("华北", "North China"),
            Self::South => Text::new("华南", "South China"),
            Self::Central => Text::new("华中", "Central China"),
            Self::Southwest => Text::new("西南", "Southwest China"),
            Self::Northwest => Text::new("西北", "Northwest China"),
            Self::Northeast => Text::new("东北", "Northeast China"),
        }
    }
}

/// How a customer pays (domain.md section 3, rule 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentPolicy {
    /// 款到发货: paid before the finance review passes.
    Prepaid,
    /// A share first, the rest after receipt.
    Deposit {
        /// Percent of the total due before production or outbound.
        percent: Decimal,
        /// Days after receipt until the rest is due.
        days: u16,
    },
    /// 账期: on account, within a limit.
    Credit {
        /// The limit in CNY.
        limit: Decimal,
        /// Days after receipt until an order is due.
        days: u16,
    },
}

/// A place goods are delivered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// Province or municipality.
    pub province: Text,
    /// City.
    pub city: Text,
    /// District, street, number.
    pub street: Text,
    /// Who receives.
    pub contact: Text,
    /// An invented telephone number.
    pub phone: &'static str,
}

impl Address {
    /// The address in one line, as it is written in each language. A municipality is not said twice.
    pub fn line(&self) -> (String, String) {
        if self.province == self.city {
            let zh = format!("{}{}", self.city.zh, self.street.zh);
            return (zh, format!("{}, {}", self.street.en, self.city.en));
        }
        let zh = format!("{}{}{}", self.province.zh, self.city.zh, self.street.zh);
        (
            zh,
            format!("{}, {}, {}", self.street.en, self.city.en, self.province.en),
        )
    }
}

/// What the customer's accounts hold before the first order, in CNY.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opening {
    /// 预付款.
    pub prepay: Decimal,
    /// 返点.
    pub rebate: Decimal,
    /// 保证金.
    pub deposit: Decimal,
    /// What the customer owes from before.
    pub owed: Decimal,
}

/// When and how much a customer orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// The weekdays it orders on.
    pub days: Vec<Weekday>,
    /// Every so many weeks.
    pub weeks: u16,
    /// Around this hour in China.
    pub hour: u32,
    /// The fewest and most lines.
    pub lines: (u32, u32),
    /// The fewest and most packs of a line.
    pub packs: (u32, u32),
    /// The codes of the top categories it buys from, the favourite first.
    pub tastes: Vec<&'static str>,
}

/// A customer with one ordering account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its code.
    pub code: &'static str,
    /// The firm's name.
    pub name: Text,
    /// Where it is.
    pub region: Region,
    /// Its level.
    pub level: Level,
    /// The login of its ordering account; the password is [`super::DEMO_PASSWORD`].
    pub login: &'static str,
    /// How it pays.
    pub policy: PaymentPolicy,
    /// Who orders.
    pub contact: Text,
    /// Their invented telephone number.
    pub phone: &'static str,
    /// One to three; the first is the default.
    pub addresses: Vec<Address>,
    /// Balances to begin with.
    pub opening: Opening,
    /// Agreed prices: SKU code and CNY per base unit.
    pub agreed_prices: Vec<(&'static str, Decimal)>,
    /// When and what it orders.
    pub rhythm: Rhythm,
}

impl Customer {
    /// Whether it is one of [`DEMO_LOGINS`], which the demo offers on the sign-in page.
    pub fn is_demo(&self) -> bool {
        DEMO_LOGINS.contains(&self.login)
    }
}

/// The logins of the three demo distributors, one for each way of paying and named after it.
pub const DEMO_LOGINS: [&str; 3] = ["prepaid", "deposit", "credit"];

/// The customers, read once.
///
/// # Panics
/// If the data file of this crate cannot be read, which its tests rule out.
pub fn customers() -> &'static [Customer] {
    static CUSTOMERS: LazyLock<Vec<Customer>> = LazyLock::new(|| {
        read_customers().unwrap_or_else(|error| panic!("the sample customers are broken: {error}"))
    });
    &CUSTOMERS
}

/// The customer of that code.
pub fn find(code: &str) -> Option<&'static Customer> {
    customers().iter().find(|customer| customer.code == code)
}

/// Reads the data file anew.
///
/// # Errors
/// Names the first line that cannot be read.
pub fn read_customers() -> Result<Vec<Customer>, DataError> {
    let mut all: Vec<Customer> = Vec::new();
    for line in Line::all("customers.txt", include_str!("../../data/customers.txt")) {
        if let Some(rest) = line.after("customer") {
            all.push(customer(&line, rest)?);
            continue;
        }
        let current = all
            .last_mut()
            .ok_or_else(|| line.error("stands before the first customer"))?;
        if let Some(rest) = line.after("at") {
            let [province, city, street, contact, phone] = line.fields(rest, 5)?;
            current.addresses.push(Address {
                province: line.both(province),
                city: line.both(city),
                street: line.both(street),
                contact: line.both(contact),
                phone,
            });
        } else if let Some(rest) = line.after("opening") {
            current.opening = opening(&line, rest)?;
        } else if let Some((sku, price)) = line.after("agreed").and_then(|rest| rest.split_once(' ')) {
            current.agreed_prices.push((sku, line.decimal(price)?));
        } else {
            return Err(line.error("begins with none of the known words"));
        }
    }
    Ok(all)
}

fn customer(line: &Line, rest: &'static str) -> Result<Customer, DataError> {
    let [
        code,
        zh,
        en,
        region,
        level,
        login,
        policy,
        contact,
        phone,
        rhythm,
        tastes,
    ] = line.fields(rest, 11)?;
    Ok(Customer {
        code,
        name: Text::new(zh, en),
        region: Region::ALL
            .into_iter()
            .find(|known| known.key() == region)
            .ok_or_else(|| line.error(format!("no region `{region}`")))?,
        level: Level::ALL
            .into_iter()
            .find(|known| known.code() == level)
            .ok_or_else(|| line.error(format!("no level `{level}`")))?,
        login,
        policy: read_policy(line, policy)?,
        contact: line.both(contact),
        phone,
        addresses: Vec::new(),
        opening: Opening::default(),
        agreed_prices: Vec::new(),
        rhythm: read_rhythm(line, rhythm, tastes)?,
    })
}

fn read_policy(line: &Line, text: &'static str) -> Result<PaymentPolicy, DataError> {
    let value = |key: &str| {
        let found = options(text).find(|(known, _)| *known == key);
        found
            .map(|(_, value)| value)
            .ok_or_else(|| line.error(format!("no {key}=")))
    };
    match text.split(' ').next() {
        Some("prepaid") => Ok(PaymentPolicy::Prepaid),
        Some("deposit") => Ok(PaymentPolicy::Deposit {
            percent: line.decimal(value("percent")?)?,
            days: line.whole(value("days")?)?,
        }),
        Some("credit") => Ok(PaymentPolicy::Credit {
            limit: line.decimal(value("limit")?)?,
            days: line.whole(value("days")?)?,
        }),
        _ => Err(line.error(format!("no payment policy `{text}`"))),
    }
}

fn opening(line: &Line, text: &'static str) -> Result<Opening, DataError> {
    let mut opening = Opening::default();
    for (key, value) in options(text) {
        let slot = match key {
            "prepay" => &mut opening.prepay,
            "rebate" => &mut opening.rebate,
            "deposit" => &mut opening.deposit,
            "owed" => &mut opening.owed,
            _ => return Err(line.error(format!("no account `{key}`"))),
        };
        *slot = line.decimal(value)?;
    }
    Ok(opening)
}

fn read_rhythm(line: &Line, text: &'static str, tastes: &'static str) -> Result<Rhythm, DataError> {
    let mut rhythm = Rhythm {
        days: Vec::new(),
        weeks: 1,
        hour: 10,
        lines: (4, 8),
        packs: (1, 4),
        tastes: tastes.split(',').collect(),
    };
    let range = |text: &'static str| -> Result<(u32, u32), DataError> {
        let (low, high) = text
            .split_once('-')
            .ok_or_else(|| line.error(format!("`{text}` is no range")))?;
        Ok((line.whole(low)?, line.whole(high)?))
    };
    for (key, value) in options(text) {
        match key {
            "every" => rhythm.weeks = line.whole(value)?,
            "hour" => rhythm.hour = line.whole(value)?,
            "lines" => rhythm.lines = range(value)?,
            "packs" => rhythm.packs = range(value)?,
            days => {
                for day in days.split(',') {
                    rhythm.days.push(
                        day.parse()
                            .map_err(|_| line.error(format!("no weekday `{day}`")))?,
                    );
                }
            }
        }
    }
    Ok(rhythm)
}

#[cfg(test)]
mod tests;
