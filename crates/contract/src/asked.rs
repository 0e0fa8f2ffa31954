//! What a query for products asks for. Server and device read it with this, so that both refuse the same.

use std::collections::BTreeSet;

use countersign_domain::id::{CategoryId, VariantId};
use countersign_domain::search::{Filter, Span, Words};

use crate::catalog::ProductQuery;
use crate::page::{DEFAULT_LIMIT, MAX_LIMIT};
use crate::problem::FieldCode;
use crate::{FieldError, ProblemKind};

/// Longest search, in characters.
const MAX_SEARCH: usize = 200;
/// Most words of a search: each is looked for.
const MAX_WORDS: usize = 16;
/// Most variants one may ask for: those of a long cart.
const MAX_VARIANTS: usize = 500;
/// Most brands or tags one may choose.
const MAX_CHOICES: usize = 60;

/// A query that could be read.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is searched for.
    pub words: Words,
    /// Which of what is found; its categories are up to whoever knows the tree.
    pub filter: Filter,
    /// In this category or below it.
    pub category: Option<CategoryId>,
    /// With one of these variants.
    pub variants: Option<BTreeSet<VariantId>>,
    /// Which stretch of the list: never nothing and never more than the contract allows.
    pub span: Span,
}

impl Asked {
    /// Reads `query`.
    ///
    /// # Errors
    /// [`ProblemKind::InvalidInput`] with the parameters that can't be read.
    pub fn read(query: &ProductQuery) -> Result<Self, ProblemKind> {
        let words = words(query.q.as_deref().unwrap_or_default())?;
        let variants = query.variants.as_deref().map(variants).transpose()?;
        let after = query.after.as_deref().map(str::parse).transpose();
        let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
        Ok(Self {
            words,
            filter: Filter {
                categories: None,
                brands: choices("brand", query.brand.as_deref())?,
                tags: choices("tag", query.tag.as_deref())?,
                in_stock: query.in_stock == Some(true),
                favourite: query.favourite == Some(true),
                bought: query.bought == Some(true),
                promoted: query.promoted == Some(true),
                price_from: query.price_from,
                price_to: query.price_to,
            },
            category: query.category,
            variants,
            span: Span {
                after: after.map_err(|()| wrong([("after", FieldCode::Invalid)]))?,
                skip: query
                    .skip
                    .map_or(0, |skip| usize::try_from(skip).unwrap_or(usize::MAX)),
                limit: usize::try_from(limit).unwrap_or(usize::MAX),
                total: query.total == Some(true),
            },
        })
    }
}

fn words(q: &str) -> Result<Words, ProblemKind> {
    let q = q.trim();
    let is_clean = |sign: char| !sign.is_control() || matches!(sign, '\n' | '\r' | '\t');
    let clean = q.chars().all(is_clean);
    let short = q.chars().count() <= MAX_SEARCH;
    if !clean || !short {
        let unclean = (!clean).then_some(("q", FieldCode::Invalid));
        let long = (!short).then_some(("q", FieldCode::TooLong));
        return Err(wrong(unclean.into_iter().chain(long)));
    }
    let words = Words::of(q);
    if words.len() > MAX_WORDS {
        return Err(wrong([("q", FieldCode::TooLong)]));
    }
    Ok(words)
}

fn variants(list: &str) -> Result<BTreeSet<VariantId>, ProblemKind> {
    let ids = list
        .split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(|id| id.parse().map_err(|_| wrong([("variants", FieldCode::Invalid)])))
        .collect::<Result<Vec<VariantId>, ProblemKind>>()?;
    if ids.len() > MAX_VARIANTS {
        return Err(wrong([("variants", FieldCode::TooLong)]));
    }
    Ok(ids.into_iter().collect())
}

fn choices(parameter: &'static str, list: Option<&str>) -> Result<Vec<String>, ProblemKind> {
    let keys: Vec<String> = list
        .unwrap_or_default()
        .split('|')
        .filter(|key| !key.is_empty())
        .map(str::to_owned)
        .collect();
    if keys.len() > MAX_CHOICES {
        return Err(wrong([(parameter, FieldCode::TooLong)]));
    }
    Ok(keys)
}

/// The refusal of a query for these parameters of it.
pub fn wrong(fields: impl IntoIterator<Item = (&'static str, FieldCode)>) -> ProblemKind {
    let errors = fields.into_iter().map(|(parameter, code)| FieldError {
        pointer: format!("?{parameter}"),
        code,
    });
    ProblemKind::InvalidInput {
        errors: errors.collect(),
    }
}
