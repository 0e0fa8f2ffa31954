//! Reading orders and their lines. An order is imported whole or not at all.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::money::{Money, Rate};

use super::cells::{Cells, values};
use super::goods::{own_code, refer};
use super::keys::{Found, Keys};
use super::mistake::{Mistake, MistakeKind};
use super::plan::{NewPlannedLine, NewPlannedOrder};
use super::table::Table;
use super::{CODE, Checked};
use crate::repo::imported::Known;

/// Reads the rows of both files.
pub(super) fn orders(
    heads: &Table,
    lines: &Table,
    known: &Known,
    (products, customers): (&Keys, &Keys),
    checked: &mut Checked,
) {
    let (mut keys, mut orders) = read_heads(heads, known, customers, checked);
    let read = read_lines(lines, known, (products, &keys), checked);
    for (code, line) in &read.broken {
        if keys.find(code) == Found::Whole {
            keys.leave_out(code);
            let kind = MistakeKind::LeftOut {
                source: lines.source.clone(),
                line: *line,
            };
            note(heads, &orders, code, kind, checked);
        }
    }
    for code in orders.keys().filter(|code| !read.seen.contains(*code)) {
        keys.leave_out(code);
        note(heads, &orders, code, MistakeKind::NoLines, checked);
    }
    for (code, lines) in read.lines {
        if let Some((_, order)) = orders.get_mut(&code) {
            order.lines = lines;
        }
    }
    let mut whole: Vec<(usize, NewPlannedOrder)> = Vec::new();
    for (code, (line, order)) in orders {
        let fine = keys.find(&code) == Found::Whole;
        let there = known.orders.contains(&code);
        checked.counts.orders.row(fine, there);
        let count = &mut checked.counts.order_lines;
        for _ in &order.lines {
            count.row(fine, there);
        }
        if fine && !there {
            whole.push((line, order));
        }
    }
    whole.sort_by_key(|(line, _)| *line);
    checked
        .plan
        .orders
        .extend(whole.into_iter().map(|(_, order)| order));
}

type Orders = BTreeMap<String, (usize, NewPlannedOrder)>;

/// The orders that are fine, with the line each stands in.
fn read_heads(table: &Table, known: &Known, customers: &Keys, checked: &mut Checked) -> (Keys, Orders) {
    let mut keys = Keys::new(table.source.clone());
    let mut orders = BTreeMap::new();
    for row in &table.rows {
        let mut cells = Cells::new(table, row);
        let code = own_code(&mut cells, &keys);
        let customer = cells.needed("customer", CODE);
        if let Some(customer) = &customer
            && !known.customers.contains_key(customer)
        {
            refer(&mut cells, "customer", customers.find(customer));
        }
        let ordered_on = cells.value("ordered_on", values::date);
        let freight = cells.value("freight", values::charge).unwrap_or(Money::ZERO);
        let whole = cells.finish(&mut checked.mistakes);
        keys.note(row.line, code.clone(), whole);
        match (whole, code, customer) {
            (true, Some(code), Some(customer)) => {
                let order = NewPlannedOrder {
                    code: code.clone(),
                    customer,
                    ordered_on,
                    freight,
                    lines: Vec::new(),
                };
                orders.insert(code, (row.line, order));
            }
            _ => checked.counts.orders.left_out += 1,
        }
    }
    (keys, orders)
}

/// What the file of lines comes to.
#[derive(Default)]
struct Lines {
    /// The lines that are fine, by order.
    lines: BTreeMap<String, Vec<NewPlannedLine>>,
    /// The orders that have lines at all.
    seen: BTreeSet<String>,
    /// The orders a line of which is left out, and the line in the file.
    broken: BTreeMap<String, usize>,
}

fn read_lines(
    table: &Table,
    known: &Known,
    (products, orders): (&Keys, &Keys),
    checked: &mut Checked,
) -> Lines {
    let mut read = Lines::default();
    for row in &table.rows {
        let mut cells = Cells::new(table, row);
        let order = cells.needed("order", CODE);
        if let Some(order) = &order {
            refer(&mut cells, "order", orders.find(order));
        }
        let product = cells.needed("product", CODE);
        if let Some(product) = &product
            && !known.variants.contains_key(product)
        {
            refer(&mut cells, "product", products.find(product));
        }
        let price = cells.needed_value("price", values::money);
        let quantity = cells.needed_value("quantity", values::ordered);
        let discount = cells.value("discount", values::share).unwrap_or(Rate::ZERO);
        let whole = cells.finish(&mut checked.mistakes);
        let Some(order) = order else {
            checked.counts.order_lines.left_out += 1;
            continue;
        };
        read.seen.insert(order.clone());
        if let (true, Some(product), Some(price), Some(quantity)) = (whole, product, price, quantity) {
            read.lines.entry(order).or_default().push(NewPlannedLine {
                product,
                price,
                quantity,
                discount,
            });
        } else {
            checked.counts.order_lines.left_out += 1;
            read.broken.entry(order).or_insert(row.line);
        }
    }
    read
}

/// Notes what is wrong with an order whose own row is fine.
fn note(table: &Table, orders: &Orders, code: &str, kind: MistakeKind, checked: &mut Checked) {
    if let Some((line, _)) = orders.get(code) {
        checked.mistakes.push(Mistake {
            file: table.file,
            source: table.source.clone(),
            line: *line,
            column: table.column("code"),
            value: code.to_owned(),
            kind,
        });
    }
}
