//! The conversation of an order (domain.md section 7).

use countersign_domain::conversation::{can_write, reads_internal};
use countersign_domain::id::{CustomerId, RegionId};
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;

use crate::world::*;

#[test]
fn whoever_sees_an_order_writes_in_its_conversation() {
    let elsewhere = [RegionId(id(0x2ff))];
    for (actor, expected) in [
        (customer(), Ok(())),
        (shipper(), Ok(())),
        (distributor(0x2, CustomerId(id(0x1ff))), Err(DenyReason::Unknown)),
        (
            regional(0x3, &[Permission::OrderReview], &elsewhere),
            Err(DenyReason::Unknown),
        ),
        (staff(0x4, &[Permission::ProductManage]), Err(DenyReason::Unknown)),
        (timer(), Err(DenyReason::OnlyCustomer)),
    ] {
        assert_eq!(can_write(&actor, CUSTOMER, REGION, false), expected, "{actor:?}");
    }
}

#[test]
fn a_note_for_the_staff_is_written_and_read_by_staff_alone() {
    assert_eq!(can_write(&shipper(), CUSTOMER, REGION, true), Ok(()));
    assert_eq!(
        can_write(&customer(), CUSTOMER, REGION, true),
        Err(DenyReason::OnlySupplier)
    );
    // Somebody who does not see the order does not even learn that.
    let stranger = distributor(0x2, CustomerId(id(0x1ff)));
    assert_eq!(
        can_write(&stranger, CUSTOMER, REGION, true),
        Err(DenyReason::Unknown)
    );
    assert!(reads_internal(&shipper()));
    assert!(!reads_internal(&customer()));
    assert!(!reads_internal(&timer()));
}
