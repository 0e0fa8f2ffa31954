//! Promotions of the company, and what is wrong with one.

use countersign_domain::id::PromotionId;
use countersign_domain::promotion::{Audience, FaultKind, Promotion, PromotionRule};

use super::*;

/// A promotion for everybody, on and without an end.
pub fn promotion_of(rule: PromotionRule) -> Promotion {
    Promotion {
        id: PromotionId(id(1)),
        name: LocalText::new("名", "Name"),
        is_on: true,
        from: start(),
        until: None,
        audience: Audience::default(),
        rule,
    }
}

/// The fields of a promotion that are not as they have to be, and why.
pub fn faults(promotion: &Promotion) -> Vec<(String, FaultKind)> {
    let faults = promotion.faults(&Currency::default());
    faults
        .into_iter()
        .map(|fault| (fault.field, fault.kind))
        .collect()
}

/// Those fields alone.
pub fn fields_at_fault(promotion: &Promotion) -> Vec<String> {
    faults(promotion).into_iter().map(|(field, _)| field).collect()
}
