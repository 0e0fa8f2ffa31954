//! The seven built-in roles every deployment starts with (domain.md section 2).

use countersign_domain::id::RoleId;
use countersign_domain::permission::BuiltInRole;
use countersign_domain::text::LocalText;
use sqlx::SqliteConnection;

use super::ids::id;
use crate::db::DbError;
use crate::db::row::name_of;
use crate::repo::accounts::Role;
use crate::repo::deployment;

/// Adds the built-in roles that are missing. Those that are there stay as they are: they may have been edited.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn add_built_in(connection: &mut SqliteConnection) -> Result<(), DbError> {
    for role in BuiltInRole::ALL {
        let role = Role {
            id: role_id(role)?,
            code: name_of(&role)?,
            name: name(role),
            permissions: role.default_permissions(),
        };
        deployment::add_role(connection, &role).await?;
    }
    Ok(())
}

/// The id of a built-in role, which is the same in every deployment.
///
/// # Errors
/// None that can happen: every role has a name.
pub fn role_id(role: BuiltInRole) -> Result<RoleId, DbError> {
    Ok(RoleId(id("role", &name_of(&role)?)))
}

/// What people call a built-in role until they name it otherwise.
pub fn name(role: BuiltInRole) -> LocalText {
    let (zh, en) = match role {
        BuiltInRole::SystemAdministrator => ("系统管理员", "System administrator"),
        BuiltInRole::BusinessLead => ("业务负责人", "Business lead"),
        BuiltInRole::OrderReviewer => ("订单审核员", "Order reviewer"),
        BuiltInRole::FinanceReviewer => ("财务审核员", "Finance reviewer"),
        BuiltInRole::WarehouseReviewer => ("仓库管理员", "Warehouse reviewer"),
        BuiltInRole::Shipper => ("发货员", "Shipper"),
        BuiltInRole::RegionalManager => ("区域经理", "Regional manager"),
    };
    LocalText::new(zh, en)
}
