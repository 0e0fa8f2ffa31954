//! Reads the catalog's data files.
//!
//! A file holds one top category:
//!
//! ```text
//! category CODE | 中文 | English | lv=A,B              percent off for levels A and B
//! sub 中文 | English
//! family 品牌 | Brand | package | motif | 单位 | options defaults of the products below
//! 名称 | Name | 说明 | Description | tone[/motif] | variants [| options]
//! ```
//!
//! Variants are separated by `;`, each is `label: price [pack..] [option..]`: the label is `中文~English` where the two
//! differ, a pack is a Chinese unit word and how many base units it holds. Options, on family, product or variant, the
//! nearest counts: `lead=DAYS`, `min=`, `mul=` (a number or `pack`), `max=`, `break=N:PERCENT,..` (N of the largest
//! pack), `b=QUANTITY@PRICE,..` (base units), `a=PRICE` (level A), `stock=0|low`, `pic=package`, `u=单位`, `tags=..`
//! (added up), `mto` (made to order).

use rust_decimal::Decimal;

use super::{Break, Catalog, Category, Deal, Level, Pack, Product, TAGS, Tag, Unit, Variant};
use crate::sample::barcode::ean13;
use crate::sample::picture::{Motif, Picture, PictureKind, Tone};
use crate::sample::rng::Rng;
use crate::sample::table::{Line, options};
use crate::sample::{DataError, Text};

macro_rules! files {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../../data/catalog/", $name)))),*]
    };
}

const FILES: [(&str, &str); 13] = files! {
    "01-drinks.txt" "02-tea-coffee.txt" "03-alcohol.txt" "04-dairy-eggs.txt" "05-snacks.txt" "06-confectionery.txt"
    "07-staples.txt" "08-seasonings.txt" "09-instant-canned.txt" "10-frozen.txt" "11-dried-produce.txt"
    "12-baby.txt" "13-household.txt"
};

/// What may be set on a family, a product or a variant.
#[derive(Clone, Default)]
struct Options {
    lead: u16,
    min: Option<Decimal>,
    mul: Option<&'static str>,
    max: Option<Decimal>,
    pack_breaks: &'static str,
    price_breaks: &'static str,
    dealer_price: Option<Decimal>,
    stock: Option<&'static str>,
    picture: Option<&'static str>,
    unit: Option<&'static str>,
    tags: Vec<Tag>,
    made_to_order: bool,
}

impl Options {
    /// These options with those of a nearer line over them.
    fn with(&self, line: &Line, text: &'static str) -> Result<Self, DataError> {
        let mut all = self.clone();
        for (key, value) in options(text) {
            match key {
                "lead" => all.lead = line.whole(value)?,
                "min" => all.min = Some(line.decimal(value)?),
                "mul" => all.mul = Some(value),
                "max" => all.max = Some(line.decimal(value)?),
                "break" => all.pack_breaks = value,
                "b" => all.price_breaks = value,
                "a" => all.dealer_price = Some(line.decimal(value)?),
                "stock" => all.stock = Some(value),
                "pic" => all.picture = Some(value),
                "u" => all.unit = Some(value),
                "mto" => all.made_to_order = true,
                "tags" => {
                    for key in value.split(',') {
                        all.tags
                            .push(tag(key).ok_or_else(|| line.error(format!("no tag `{key}`")))?);
                    }
                }
                _ => return Err(line.error(format!("no option `{key}`"))),
            }
        }
        Ok(all)
    }
}

fn tag(key: &str) -> Option<Tag> {
    TAGS.into_iter().find(|tag| tag.key == key)
}

/// The family the lines below belong to.
struct Family {
    maker: usize,
    brand: Text,
    kind: &'static str,
    motif: &'static str,
    unit: &'static str,
    options: Options,
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    categories: Vec<Category>,
    products: Vec<Product>,
    makers: Vec<&'static str>,
    top: &'static str,
    subs: usize,
    in_sub: usize,
    level_prices: Vec<(Level, Deal)>,
    family: Option<Family>,
}

pub(super) fn read() -> Result<Catalog, DataError> {
    let mut reader = Reader::default();
    for (file, content) in FILES {
        for line in Line::all(file, content) {
            if let Some(rest) = line.after("category") {
                reader.category(&line, rest)?;
            } else if let Some(rest) = line.after("sub") {
                reader.sub(&line, rest)?;
            } else if let Some(rest) = line.after("family") {
                reader.family(&line, rest)?;
            } else {
                reader.product(&line)?;
            }
        }
    }
    Ok(Catalog {
        categories: reader.categories,
        products: reader.products,
    })
}

impl Reader {
    fn category(&mut self, line: &Line, rest: &'static str) -> Result<(), DataError> {
        let [code, zh, en, levels] = line.fields(rest, 4)?;
        let percents = levels.strip_prefix("lv=").ok_or_else(|| line.error("no lv="))?;
        self.level_prices.clear();
        for (level, percent) in [Level::Dealer, Level::Wholesale]
            .into_iter()
            .zip(percents.split(','))
        {
            self.level_prices
                .push((level, Deal::PercentOff(line.decimal(percent)?)));
        }
        self.categories.push(Category {
            code: code.to_owned(),
            parent: None,
            name: Text::new(zh, en),
        });
        (self.top, self.subs, self.family) = (code, 0, None);
        Ok(())
    }

    fn sub(&mut self, line: &Line, rest: &'static str) -> Result<(), DataError> {
        let [zh, en] = line.fields(rest, 2)?;
        self.subs += 1;
        self.in_sub = 0;
        self.family = None;
        self.categories.push(Category {
            code: format!("{}{}", self.top, self.subs),
            parent: Some(self.top.to_owned()),
            name: Text::new(zh, en),
        });
        Ok(())
    }

    fn family(&mut self, line: &Line, rest: &'static str) -> Result<(), DataError> {
        let [zh, en, kind, motif, unit, set] = line.fields(rest, 6)?;
        let maker = self
            .makers
            .iter()
            .position(|known| *known == zh)
            .unwrap_or_else(|| {
                self.makers.push(zh);
                self.makers.len() - 1
            });
        let options = Options::default().with(line, set)?;
        self.family = Some(Family {
            maker,
            brand: Text::new(zh, en),
            kind,
            motif,
            unit,
            options,
        });
        Ok(())
    }

    fn product(&mut self, line: &Line) -> Result<(), DataError> {
        let Some(family) = &self.family else {
            return Err(line.error("a product outside a family"));
        };
        let [zh, en, about_zh, about_en, look, variants, set] = line.fields(line.text, 6)?;
        let mut all = family.options.with(line, set)?;
        if all.made_to_order {
            all.tags.extend(tag("made-to-order"));
        }
        let kind = all.picture.unwrap_or(family.kind);
        let (tone, motif) = look.split_once('/').unwrap_or((look, family.motif));
        let picture = Picture {
            kind: PictureKind::from_key(kind).ok_or_else(|| line.error(format!("no package `{kind}`")))?,
            tone: Tone::from_key(tone).ok_or_else(|| line.error(format!("no tone `{tone}`")))?,
            motif: Motif::from_key(motif).ok_or_else(|| line.error(format!("no motif `{motif}`")))?,
        };
        let word = all.unit.unwrap_or(family.unit);
        let unit = Unit::base(word, picture.kind).ok_or_else(|| line.error(format!("no unit `{word}`")))?;
        self.in_sub += 1;
        let code = format!("{}{}{:02}", self.top, self.subs, self.in_sub);
        let mut product = Product {
            category: format!("{}{}", self.top, self.subs),
            brand: family.brand,
            name: Text::new(zh, en),
            description: Text::new(about_zh, about_en),
            tags: all.tags.clone(),
            picture,
            unit,
            lead_days: all.lead,
            made_to_order: all.made_to_order,
            variants: Vec::new(),
            code,
        };
        for (index, text) in variants.split(';').enumerate() {
            let sku = format!("{}-{}", product.code, index + 1);
            let item = (self.products.len() + 1) * 10 + index;
            let mut variant = variant(line, text.trim(), &all, sku, &self.level_prices)?;
            variant.barcode = ean13(family.maker, item);
            product.variants.push(variant);
        }
        self.products.push(product);
        Ok(())
    }
}

/// Reads `label: price pack.. option..`.
fn variant(
    line: &Line,
    text: &'static str,
    inherited: &Options,
    sku: String,
    level_prices: &[(Level, Deal)],
) -> Result<Variant, DataError> {
    let (label, rest) = text
        .split_once(": ")
        .ok_or_else(|| line.error(format!("`{text}` has no price")))?;
    let (price, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_pack = |word: &str| !word.contains('=') && word.ends_with(|last: char| last.is_ascii_digit());
    let mut all = inherited.clone();
    let mut packs = Vec::new();
    for word in rest.split_whitespace() {
        if is_pack(word) {
            packs.push(pack(line, word)?);
        } else {
            all = all.with(line, word)?;
        }
    }
    let multiple = match all.mul {
        Some("pack") => packs.first().map_or(Decimal::ONE, |pack: &Pack| pack.size),
        Some(number) => line.decimal(number)?,
        None => Decimal::ONE,
    };
    let mut level_prices = level_prices.to_vec();
    if let (Some(price), Some(slot)) = (all.dealer_price, level_prices.first_mut()) {
        slot.1 = Deal::Price(price);
    }
    let list_price = line.decimal(price)?;
    let case = packs.last().map_or(Decimal::ONE, |pack| pack.size);
    let (stock, reorder_level) = stock(&sku, list_price, case.max(multiple), &all);
    Ok(Variant {
        barcode: String::new(),
        label: line.both(label),
        minimum: all.min.unwrap_or(multiple),
        multiple,
        maximum: all.max,
        breaks: breaks(line, &all, packs.last())?,
        level_prices,
        stock,
        reorder_level,
        sku,
        packs,
        list_price,
    })
}

fn pack(line: &Line, word: &'static str) -> Result<Pack, DataError> {
    let digits = word
        .find(|letter: char| letter.is_ascii_digit())
        .unwrap_or(word.len());
    let (name, size) = word.split_at(digits);
    let unit = Unit::pack(name).ok_or_else(|| line.error(format!("no pack `{name}`")))?;
    Ok(Pack {
        unit,
        size: line.decimal(size)?,
    })
}

/// Price breaks where there are any, else percent breaks by the case.
fn breaks(line: &Line, all: &Options, case: Option<&Pack>) -> Result<Vec<Break>, DataError> {
    let pair = |text: &'static str, at: char| {
        text.split_once(at)
            .ok_or_else(|| line.error(format!("`{text}` is no quantity break")))
    };
    let mut found = Vec::new();
    if !all.price_breaks.is_empty() {
        for text in all.price_breaks.split(',') {
            let (from, price) = pair(text, '@')?;
            found.push(Break {
                from: line.decimal(from)?,
                price: Deal::Price(line.decimal(price)?),
            });
        }
    } else if let (false, Some(case)) = (all.pack_breaks.is_empty(), case) {
        for text in all.pack_breaks.split(',') {
            let (cases, percent) = pair(text, ':')?;
            let from = line.decimal(cases)? * case.size;
            found.push(Break {
                from,
                price: Deal::PercentOff(line.decimal(percent)?),
            });
        }
    }
    Ok(found)
}

/// Stock and reorder level in base units. What turns over quickly, that is what is cheap by the case, lies there in
/// larger numbers. Made-to-order goods are not held in stock.
fn stock(sku: &str, price: Decimal, case: Decimal, all: &Options) -> (Decimal, Decimal) {
    if all.made_to_order {
        return (Decimal::ZERO, Decimal::ZERO);
    }
    let case_price = price * case;
    let below = |amount: u32| case_price < Decimal::from(amount);
    let cases_kept: u32 = if below(60) {
        60
    } else if below(150) {
        36
    } else if below(400) {
        18
    } else if below(1_200) {
        8
    } else {
        3
    };
    let reorder_level = Decimal::from(cases_kept) * case;
    let mut rng = Rng::for_name(sku);
    let cases = match all.stock {
        Some("0") => return (Decimal::ZERO, reorder_level),
        Some("low") => rng.between(cases_kept / 4 + 1, cases_kept / 2 + 1),
        _ => rng.between(cases_kept * 2, cases_kept * 7),
    };
    // Some goods lie in opened cases.
    let loose = if case > Decimal::ONE && all.stock.is_none() && rng.chance(30) {
        case / Decimal::TWO
    } else {
        Decimal::ZERO
    };
    (Decimal::from(cases) * case + loose.floor(), reorder_level)
}
