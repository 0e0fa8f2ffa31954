//! The sample's conversations, and what its customers said of completed orders.

use chrono::{DateTime, TimeDelta, Utc};
use countersign_domain::id::MessageId;
use countersign_domain::order::OrderStatus;
use countersign_domain::rating::Rating;
use countersign_testkit::sample::customers::customers;
use countersign_testkit::sample::staff;

use super::SeedError;
use super::ids::id;
use super::people::{self, account_id};
use super::play::Played;
use crate::db::Tx;
use crate::repo::messages::{self, Written};
use crate::repo::ratings;

/// Who says something: the customer, or staff by login, and whether only to colleagues.
#[derive(Clone, Copy)]
enum Voice {
    Customer,
    Staff(&'static str),
    Note(&'static str),
}

/// What is said, one after the other.
type Talk = &'static [(Voice, &'static str)];

/// Conversations of open orders.
const TALKS: [Talk; 3] = [
    &[
        (Voice::Customer, "请问这批货周五之前能到吗？周六店里有活动。"),
        (Voice::Note(staff::REVIEW), "老客户，尽量排在周四发车。"),
        (
            Voice::Staff(staff::REVIEW),
            "可以，周四上午发出，周五中午前送到。",
        ),
    ],
    &[
        (
            Voice::Staff(staff::REVIEW),
            "收货地址的门牌号和上次不同，请确认是否正确。",
        ),
        (Voice::Customer, "正确，我们换了仓库，以后都送到新地址。"),
    ],
    &[(Voice::Customer, "司机到之前请提前半小时打电话，谢谢。")],
];

/// What was said of completed orders.
const RATINGS: [(u8, &str); 4] = [
    (5, "送货准时，包装完好。"),
    (4, "整体不错，有一箱外包装略有破损。"),
    (3, ""),
    (5, "司机服务很好。"),
];

/// Stores them on the newest orders of the demo's customers.
pub(super) async fn store(tx: &mut Tx, played: &[Played], now: DateTime<Utc>) -> Result<(), SeedError> {
    let mut demo = Vec::new();
    for sample in customers().iter().filter(|customer| customer.is_demo()) {
        demo.push(people::customer(sample)?.id);
    }
    let own = |one: &&Played| demo.contains(&one.order.customer_id) && !one.order.on_behalf;
    let open = |one: &&Played| one.order.status.stage().is_some();
    for (one, talk) in played.iter().rev().filter(own).filter(open).zip(TALKS) {
        say(tx, one, talk, now).await?;
    }
    let completed = |one: &&Played| one.order.status == OrderStatus::Completed;
    for (one, (stars, comment)) in played.iter().rev().filter(own).filter(completed).zip(RATINGS) {
        let rating = Rating {
            stars,
            comment: comment.to_owned(),
            by: one.order.submitted_by,
            at: later(one.order.entered_at, 90, now),
        };
        ratings::insert(tx, one.order.id, &rating).await?;
    }
    Ok(())
}

async fn say(tx: &mut Tx, one: &Played, talk: Talk, now: DateTime<Utc>) -> Result<(), SeedError> {
    let mut at = one.order.submitted_at;
    for (count, (voice, text)) in (0..).zip(talk) {
        at = later(at, 17, now);
        let (account_id, is_from_customer, is_internal) = match voice {
            Voice::Customer => (one.order.submitted_by, true, false),
            Voice::Staff(login) => (account_id(login), false, false),
            Voice::Note(login) => (account_id(login), false, true),
        };
        let message = Written {
            id: MessageId(id("message", &format!("{} {count}", one.order.number))),
            order_id: one.order.id,
            account_id,
            at,
            is_from_customer,
            is_internal,
            text: (*text).to_owned(),
        };
        messages::insert(tx, &message, count).await?;
    }
    Ok(())
}

/// So many minutes after something, but not ahead of the clock.
fn later(at: DateTime<Utc>, minutes: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    at.checked_add_signed(TimeDelta::minutes(minutes))
        .unwrap_or(at)
        .min(now)
}
