//! The sample's customers and staff, and who they are to the rules.

use countersign_contract::meta::{DemoAccount, DemoSide};
use countersign_domain::actor::{Actor, Side};
use countersign_domain::customer::{Address, PaymentPolicy};
use countersign_domain::id::{AccountId, AddressId, CustomerId, RegionId};
use countersign_domain::money::Money;
use countersign_domain::permission::BuiltInRole;
use countersign_domain::text::LocalText;
use countersign_testkit::sample::customers::{self as sample, DEMO_LOGINS, Region, customers};
use countersign_testkit::sample::orders::Hand;
use countersign_testkit::sample::staff::{self, Role, STAFF, Staff};
use countersign_testkit::sample::{DEMO_PASSWORD, Text};

use super::goods::{level_id, share};
use super::ids::id;
use super::{SeedError, local, roles};
use crate::repo::accounts::{NewAccount, NewSide};
use crate::repo::customers::Customer;

/// The id of a region.
pub(super) fn region_id(region: Region) -> RegionId {
    RegionId(id("region", region.key()))
}

/// The id of the account with this login.
pub(super) fn account_id(login: &str) -> AccountId {
    AccountId(id("account", login))
}

/// The customer as it is stored.
pub(super) fn customer(customer: &sample::Customer) -> Result<Customer, SeedError> {
    Ok(Customer {
        id: CustomerId(id("customer", customer.code)),
        code: customer.code.to_owned(),
        name: local(customer.name),
        level_id: level_id(customer.level),
        region_id: region_id(customer.region),
        policy: match customer.policy {
            sample::PaymentPolicy::Prepaid => PaymentPolicy::Prepaid,
            sample::PaymentPolicy::Deposit { percent, days } => PaymentPolicy::Deposit {
                share: share(percent)?,
                days: u32::from(days),
            },
            sample::PaymentPolicy::Credit { limit, days } => PaymentPolicy::Credit {
                limit: Some(Money(limit)),
                days: u32::from(days),
            },
        },
    })
}

/// The customer's addresses, the default first.
pub(super) fn addresses(customer: &sample::Customer) -> Vec<Address> {
    customer
        .addresses
        .iter()
        .enumerate()
        .map(|(place, address)| Address {
            id: AddressId(id("address", &format!("{} {place}", customer.code))),
            contact: address.contact.zh.to_owned(),
            phone: address.phone.to_owned(),
            text: address.line().0,
        })
        .collect()
}

/// Every account, all with the same password: it is published.
pub(super) fn accounts(password_hash: &str) -> Result<Vec<NewAccount>, SeedError> {
    let account = |login: &str, name: Text, side| NewAccount {
        id: account_id(login),
        login: login.to_owned(),
        name: person(name),
        password_hash: password_hash.to_owned(),
        side,
    };
    let mut accounts = Vec::new();
    for customer in customers() {
        let side = NewSide::Customer(CustomerId(id("customer", customer.code)));
        accounts.push(account(customer.login, customer.contact, side));
    }
    for staff in &STAFF {
        let side = NewSide::Staff {
            roles: vec![roles::role_id(built_in(staff.role))?],
            regions: staff.regions.iter().copied().map(region_id).collect(),
        };
        accounts.push(account(staff.login, staff.name, side));
    }
    Ok(accounts)
}

/// The accounts a visitor is offered: one for each way of paying, one for each role.
pub(super) fn demo_accounts() -> Vec<DemoAccount> {
    let account = |login: &str, side, name: Text, role| DemoAccount {
        login: login.to_owned(),
        password: DEMO_PASSWORD.to_owned(),
        side,
        name: local(name),
        role,
    };
    let distributors = DEMO_LOGINS
        .into_iter()
        .filter_map(|login| customers().iter().find(|customer| customer.login == login))
        .map(|one| {
            account(
                one.login,
                DemoSide::Distributor,
                one.name,
                policy_name(one.policy),
            )
        });
    let staff = STAFF.iter().filter(|staff| staff.is_demo).map(|staff| {
        let role = roles::name(built_in(staff.role));
        account(staff.login, DemoSide::Supplier, staff.name, role)
    });
    distributors.chain(staff).collect()
}

/// The account that takes a step on an order of `customer`, as the rules see it.
pub(super) fn actor(hand: Hand, customer: &sample::Customer) -> Result<Actor, SeedError> {
    match hand {
        Hand::Customer => Ok(Actor {
            account_id: account_id(customer.login),
            side: Side::Distributor {
                customer_id: CustomerId(id("customer", customer.code)),
            },
            stands_in_for: Vec::new(),
        }),
        Hand::Staff(login) => {
            let staff =
                staff::find(login).ok_or_else(|| SeedError::Sample(format!("there is no staff {login}")))?;
            Ok(staff_actor(staff))
        }
    }
}

/// The account of somebody on the staff, as the rules see it.
pub(super) fn staff_actor(staff: &Staff) -> Actor {
    Actor {
        account_id: account_id(staff.login),
        side: Side::Supplier {
            permissions: built_in(staff.role).default_permissions(),
            regions: staff.regions.iter().copied().map(region_id).collect(),
        },
        stands_in_for: Vec::new(),
    }
}

fn built_in(role: Role) -> BuiltInRole {
    match role {
        Role::SystemAdministrator => BuiltInRole::SystemAdministrator,
        Role::BusinessLead => BuiltInRole::BusinessLead,
        Role::OrderReviewer => BuiltInRole::OrderReviewer,
        Role::FinanceReviewer => BuiltInRole::FinanceReviewer,
        Role::WarehouseReviewer => BuiltInRole::WarehouseReviewer,
        Role::Shipper => BuiltInRole::Shipper,
        Role::RegionalManager => BuiltInRole::RegionalManager,
    }
}

fn policy_name(policy: sample::PaymentPolicy) -> LocalText {
    match policy {
        sample::PaymentPolicy::Prepaid => LocalText::new("款到发货", "Prepaid"),
        sample::PaymentPolicy::Deposit { percent, .. } => {
            LocalText::new(format!("订金 {percent}%"), format!("Deposit {percent}%"))
        }
        sample::PaymentPolicy::Credit { days, .. } => {
            LocalText::new(format!("账期 {days} 天"), format!("Credit, {days} days"))
        }
    }
}

/// A person's name, which an account has once for both languages.
fn person(name: Text) -> String {
    if name.zh == name.en {
        name.zh.to_owned()
    } else {
        format!("{} {}", name.zh, name.en)
    }
}
