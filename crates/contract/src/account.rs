//! A customer as it sees itself, and as staff see it beside an order.

use chrono::{DateTime, Utc};
use countersign_domain::customer::{Address, PaymentPolicy};
use countersign_domain::id::{CustomerId, OrderId};
use countersign_domain::money::Money;
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::buying::ForCustomer;
use crate::endpoint::{NoContent, NoQuery, Pairs, QueryParams, endpoints};
use crate::order::{OrderDetail, OrderSummary};
use crate::page::Page;

endpoints! {
    /// The customer who is bought for: addresses, payment policy, credit
    GetAccount = Get "/account" "get_account" None true 200 ((), ForCustomer, NoContent) -> Account;
    /// Customers, searched by name or code
    ListCustomers = Get "/customers" "list_customers" None true 200 ((), CustomerQuery, NoContent) -> Page<CustomerRef>;
    /// One customer, with credit and history
    GetCustomer = Get "/customers/{customer_id}" "get_customer" None true 200
        (CustomerId, NoQuery, NoContent) -> CustomerCard;
    /// Where goods of a customer may go; the first is the default
    ListCustomerAddresses = Get "/customers/{customer_id}/addresses" "list_customer_addresses" None true 200
        (CustomerId, NoQuery, NoContent) -> Vec<Address>;
    /// Enters a payment for an order that finance has confirmed
    ConfirmPayment = Post "/orders/{order_id}/payments" "confirm_payment" KeyAndVersion true 200
        (OrderId, NoQuery, NewPayment) -> OrderDetail;
}

/// The customer who is bought for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The customer.
    pub customer: CustomerRef,
    /// Where goods may go; the first is the default.
    pub addresses: Vec<Address>,
    /// How it stands.
    pub standing: Standing,
}

/// A customer, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerRef {
    /// Its id.
    pub id: CustomerId,
    /// Code people type.
    pub code: String,
    /// Its name.
    pub name: LocalText,
}

/// How a customer stands with its supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standing {
    /// How it pays.
    pub policy: PaymentPolicy,
    /// Unpaid completed and open orders.
    pub exposure: Money,
    /// What is left of the credit limit; absent where there is none. Negative when over it.
    pub credit_left: Option<Money>,
}

/// Which customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct CustomerQuery {
    /// Part of a name or code.
    pub q: Option<String>,
    /// Cursor of the page before.
    pub after: Option<String>,
    /// Items on the page.
    pub limit: Option<u32>,
    /// Only those on whose behalf this account may order.
    pub to_order_for: Option<bool>,
}

impl QueryParams for CustomerQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("q", self.q.as_deref())
            .opt("after", self.after.as_deref())
            .opt("limit", self.limit)
            .opt("to_order_for", self.to_order_for)
            .done()
    }
}

/// A customer as a reviewer needs to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerCard {
    /// The customer.
    pub customer: CustomerRef,
    /// Name of its level.
    pub level: LocalText,
    /// Name of its region.
    pub region: LocalText,
    /// How it stands.
    pub standing: Standing,
    /// Orders submitted in the last 90 days.
    pub orders_90_days: u32,
    /// Their amount.
    pub amount_90_days: Money,
    /// How many of them were sent back.
    pub sent_back_90_days: u32,
    /// Its last order before now.
    pub last_order_at: Option<DateTime<Utc>>,
    /// What it has owed for the longest time, where that is overdue.
    #[serde(default)]
    pub overdue: Option<Overdue>,
    /// Its last orders, newest first.
    #[serde(default)]
    pub last_orders: Vec<OrderSummary>,
}

/// A payment that is overdue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overdue {
    /// The order.
    pub order_id: OrderId,
    /// Its number.
    pub number: String,
    /// When it should have been paid.
    pub due_at: DateTime<Utc>,
    /// How much is not paid.
    pub amount: Money,
}

/// A payment that finance has confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPayment {
    /// How much; more than nothing.
    pub amount: Money,
    /// Reference on the bank statement.
    pub reference: String,
}
