//! Reading customers.

use std::collections::BTreeSet;

use super::Checked;
use super::cells::Cells;
use super::goods::own_code;
use super::keys::Keys;
use super::mistake::MistakeKind;
use super::plan::NewCustomer;
use super::table::Table;
use super::{CODE, NAME, TEXT};
use crate::repo::imported::Known;

/// Longest telephone number, in characters.
const PHONE: usize = 40;

/// Reads the rows of `table`, and gives their codes.
pub(super) fn customers(table: &Table, known: &Known, one_region: bool, checked: &mut Checked) -> Keys {
    let mut keys = Keys::new(table.source.clone());
    let mut logins: BTreeSet<String> = BTreeSet::new();
    for row in &table.rows {
        let mut cells = Cells::new(table, row);
        let code = own_code(&mut cells, &keys);
        let there = code
            .as_ref()
            .is_some_and(|code| known.customers.contains_key(code));
        if let Some(code) = &code {
            let login = login(code);
            let taken = !there && known.logins.contains(&login);
            if taken || !logins.insert(login) {
                cells.wrong("code", MistakeKind::Taken);
            }
        }
        let name = cells.needed("name", NAME);
        let contact = cells.text("contact", NAME);
        let phone = cells.text("phone", PHONE).unwrap_or_default();
        let street = cells.needed("address", TEXT);
        let parts = ["city", "province", "postal_code"].map(|field| cells.text(field, NAME));
        let region = cells.text("region", CODE);
        let level = cells.text("level", CODE);
        let whole = cells.finish(&mut checked.mistakes);
        keys.note(row.line, code.clone(), whole);
        checked.counts.customers.row(whole, there);
        if let (true, false, Some(code), Some(name), Some(street)) = (whole, there, code, name, street) {
            let country = region.clone();
            let address: Vec<String> = std::iter::once(street)
                .chain(parts.into_iter().flatten())
                .chain(country)
                .collect();
            checked.plan.customers.push(NewCustomer {
                contact: contact.unwrap_or_else(|| name.clone()),
                code,
                name,
                phone,
                address: address.join(", "),
                region: region.filter(|_| !one_region),
                level,
            });
        }
    }
    keys
}

/// What the ordering account of the customer with this code types to sign in.
pub(super) fn login(code: &str) -> String {
    code.to_lowercase()
}
