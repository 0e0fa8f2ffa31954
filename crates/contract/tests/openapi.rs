//! The document is what the definitions say, and does not change unnoticed.
#![cfg(feature = "openapi")]

use std::collections::BTreeSet;

use countersign_contract::BASE_PATH;
use countersign_contract::buying::{CUSTOMER, FOR_CUSTOMER};
use countersign_contract::endpoint::{Guard, Method};
use countersign_contract::openapi::{document, operations};
use serde_json::Value;

fn json() -> Value {
    serde_json::to_value(document()).expect("the document is plain data")
}

#[test]
fn the_document_is_the_published_one() {
    let published = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let published: Value =
        serde_json::from_str(&std::fs::read_to_string(published).expect("docs/openapi.json is there"))
            .expect("docs/openapi.json is JSON");
    assert_eq!(
        json(),
        published,
        "the contract changed: look at the difference, then run `cargo xtask openapi`"
    );
}

#[test]
fn every_operation_is_in_the_document_under_its_path_and_method() {
    let json = json();
    for operation in operations() {
        let path = format!("{BASE_PATH}{}", operation.path);
        let method = operation.method.as_str().to_lowercase();
        let found = &json["paths"][&path][&method];
        assert_eq!(found["operationId"], operation.operation, "{method} {path}");
        assert_eq!(
            found["security"].is_array(),
            operation.signed_in,
            "{method} {path}"
        );
    }
}

#[test]
fn the_document_has_nothing_but_the_operations_the_stream_and_the_files() {
    let known: BTreeSet<String> = operations()
        .iter()
        .map(|operation| operation.operation.to_owned())
        .chain(["stream_events".to_owned(), "get_file".to_owned()])
        .collect();
    let json = json();
    let paths = json["paths"].as_object().expect("paths is an object");
    let documented: BTreeSet<String> = paths
        .values()
        .flat_map(|item| item.as_object().expect("a path item is an object").values())
        .filter_map(|operation| operation["operationId"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(documented, known);
}

#[test]
fn operation_ids_and_paths_are_unique() {
    let operations = operations();
    let ids: BTreeSet<_> = operations.iter().map(|operation| operation.operation).collect();
    let routes: BTreeSet<_> = operations
        .iter()
        .map(|operation| (operation.method.as_str(), operation.path))
        .collect();
    assert_eq!(ids.len(), operations.len());
    assert_eq!(routes.len(), operations.len());
}

/// A draft is put again and again while it is typed, and a view from any device: a repeat after a lost reply must not look
/// like a conflict.
#[test]
fn every_post_but_signing_in_and_the_puts_of_drafts_and_views_carry_an_idempotency_key() {
    for operation in operations() {
        let keyed = matches!(operation.guard, Guard::Key | Guard::KeyAndVersion);
        let post = operation.method == Method::Post && operation.operation != "sign_in";
        let expected = post || matches!(operation.operation, "put_draft" | "put_view");
        assert_eq!(keyed, expected, "{}", operation.operation);
    }
}

#[test]
fn every_reference_leads_to_a_schema() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(reference)) = fields.get("$ref") {
                    found.insert(reference.clone());
                }
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let json = json();
    let mut found = BTreeSet::new();
    references(&json, &mut found);
    for reference in found {
        let pointer = reference.trim_start_matches('#');
        assert!(json.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn the_operations_that_ask_for_whom_something_is_bought_take_the_customer_in_their_query() {
    let json = json();
    let mut asking = BTreeSet::new();
    for operation in operations() {
        let path = format!("{BASE_PATH}{}", operation.path);
        let method = operation.method.as_str().to_lowercase();
        let parameters = json["paths"][&path][&method]["parameters"].as_array();
        let asks = parameters
            .into_iter()
            .flatten()
            .any(|one| one["in"] == "query" && one["name"] == CUSTOMER);
        // A list of returns is only narrowed by it.
        if asks && operation.operation != "list_returns" {
            asking.insert((operation.method.as_str(), operation.path));
        }
    }
    let known: BTreeSet<_> = FOR_CUSTOMER
        .iter()
        .map(|(method, path)| (method.as_str(), *path))
        .collect();
    assert_eq!(asking, known);
}
