//! Ids that follow from a name, so that the same thing has the same id in every deployment that starts with it.

use uuid::Uuid;

/// What the ids are derived from; made up once, for ever.
const NAMESPACE: Uuid = Uuid::from_u128(0x3f6d_a1c8_52b7_4e09_8f31_7ad4_06e5_9b2c);

/// The id of the thing of this kind with this name.
pub(super) fn id(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{kind} {name}").as_bytes())
}
