//! Ids that follow from what the files call a thing: the same rows make the same things, whenever they are imported.

use uuid::Uuid;

/// What the ids are derived from; made up once, for ever.
const NAMESPACE: Uuid = Uuid::from_u128(0x8a57_41fe_0c3d_4b96_a2e8_d15b_77c0_3f64);

/// The id of the thing of this kind with this code.
pub(super) fn id(kind: &str, code: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{kind} {code}").as_bytes())
}
