use std::collections::HashSet;

use super::*;
use crate::sample::catalog::catalog;

#[test]
fn every_policy_region_and_level_has_customers() {
    let all = read_customers().expect("the data file can be read");
    assert_eq!(all.len(), 30);
    let with =
        |wanted: fn(&PaymentPolicy) -> bool| all.iter().filter(|customer| wanted(&customer.policy)).count();
    assert!(with(|policy| matches!(policy, PaymentPolicy::Prepaid)) >= 5);
    assert!(with(|policy| matches!(policy, PaymentPolicy::Deposit { .. })) >= 5);
    assert!(with(|policy| matches!(policy, PaymentPolicy::Credit { .. })) >= 5);
    for region in Region::ALL {
        assert!(all.iter().any(|customer| customer.region == region), "{region:?}");
    }
    for level in Level::ALL {
        assert!(all.iter().any(|customer| customer.level == level), "{level:?}");
    }
}

#[test]
fn codes_and_logins_are_unique_and_everybody_has_an_address() {
    let codes: HashSet<_> = customers().iter().map(|customer| customer.code).collect();
    let logins: HashSet<_> = customers().iter().map(|customer| customer.login).collect();
    assert_eq!((codes.len(), logins.len()), (30, 30));
    for customer in customers() {
        assert!((1..=3).contains(&customer.addresses.len()), "{}", customer.code);
        let phones = customer
            .addresses
            .iter()
            .map(|address| address.phone)
            .chain([customer.phone]);
        for phone in phones {
            assert!(
                phone.starts_with("100-0000-"),
                "{phone} of {} could be somebody's",
                customer.code
            );
        }
    }
}

#[test]
fn the_demo_distributors_pay_as_they_are_called() {
    let policy = |login: &str| {
        customers()
            .iter()
            .find(|customer| customer.login == login)
            .map(|found| found.policy)
    };
    assert!(matches!(policy("prepaid"), Some(PaymentPolicy::Prepaid)));
    assert!(matches!(policy("deposit"), Some(PaymentPolicy::Deposit { .. })));
    assert!(matches!(policy("credit"), Some(PaymentPolicy::Credit { .. })));
    assert_eq!(
        customers().iter().filter(|customer| customer.is_demo()).count(),
        3
    );
}

#[test]
fn agreed_prices_are_for_goods_there_are_and_better_than_the_level() {
    let mut agreed = 0;
    for customer in customers() {
        for (sku, price) in &customer.agreed_prices {
            let (_, variant) = catalog()
                .find(sku)
                .unwrap_or_else(|| panic!("{} of {}", sku, customer.code));
            let level = variant.price_for(customer.level, Decimal::ZERO);
            assert!(
                *price > Decimal::ZERO && *price < level,
                "{sku} of {}: {price} is not below {level}",
                customer.code
            );
            agreed += 1;
        }
    }
    assert!(agreed >= 15);
}

#[test]
fn favourite_categories_exist() {
    for customer in customers() {
        for taste in &customer.rhythm.tastes {
            assert!(
                catalog()
                    .categories
                    .iter()
                    .any(|category| category.code == *taste && category.parent.is_none()),
                "{taste} of {}",
                customer.code
            );
        }
    }
}
