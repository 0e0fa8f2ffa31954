//! What columns are called, in both languages.

use super::columns::Field;

/// Names of columns as [`normal`] leaves them. The first match counts.
const NAMES: [(Field, &[&str]); 5] = [
    (
        Field::Barcode,
        &[
            "barcode",
            "ean",
            "ean13",
            "gtin",
            "upc",
            "条码",
            "条形码",
            "商品条码",
            "国际条码",
            "69码",
        ],
    ),
    (
        Field::Code,
        &[
            "sku",
            "skucode",
            "skuno",
            "code",
            "itemcode",
            "item",
            "itemno",
            "itemnumber",
            "productcode",
            "productno",
            "productsku",
            "article",
            "articleno",
            "articlenumber",
            "partno",
            "partnumber",
            "material",
            "materialno",
            "sku编码",
            "sku码",
            "编码",
            "编号",
            "代码",
            "货号",
            "款号",
            "料号",
            "商品编码",
            "商品编号",
            "商品代码",
            "商品货号",
            "产品编码",
            "产品编号",
            "产品代码",
            "产品货号",
            "物料编码",
            "物料编号",
            "存货编码",
            "规格编码",
        ],
    ),
    (
        Field::Quantity,
        &[
            "quantity",
            "qty",
            "orderqty",
            "orderquantity",
            "qtyordered",
            "quantityordered",
            "数量",
            "订货数量",
            "订购数量",
            "订单数量",
            "采购数量",
            "下单数量",
            "需求数量",
            "要货数量",
            "订货量",
            "采购量",
            "件数",
            "箱数",
        ],
    ),
    (
        Field::Unit,
        &[
            "unit",
            "units",
            "uom",
            "unitofmeasure",
            "单位",
            "计量单位",
            "订货单位",
            "销售单位",
            "采购单位",
            "包装单位",
        ],
    ),
    (
        Field::Note,
        &[
            "note",
            "notes",
            "remark",
            "remarks",
            "comment",
            "comments",
            "memo",
            "备注",
            "说明",
            "附注",
            "留言",
            "行备注",
            "商品备注",
        ],
    ),
];

/// Parts of longer names.
const PARTS: [(Field, &[&str]); 4] = [
    (Field::Barcode, &["barcode", "条码", "条形码"]),
    (Field::Code, &["sku", "itemcode", "productcode", "编码", "货号"]),
    (Field::Quantity, &["quantity", "qty", "数量"]),
    (Field::Note, &["remark", "备注"]),
];

/// A name with one of these is about something else: stock, prices, where things are.
const OTHER: [&str; 14] = [
    "stock", "price", "amount", "min", "max", "库存", "可用", "价", "金额", "起订", "最小", "最大", "仓",
    "客户",
];

/// What columns with these names hold. Each field is held by one column at most: the first that has just its name, else
/// the first that has its name as a part.
pub(super) fn fields_of(names: &[String]) -> Vec<Option<Field>> {
    let mut fields = vec![None; names.len()];
    for meaning in [exact, part] {
        for (column, name) in names.iter().enumerate() {
            let field = meaning(name).filter(|field| !fields.contains(&Some(*field)));
            if let (Some(place @ None), Some(field)) = (fields.get_mut(column), field) {
                *place = Some(field);
            }
        }
    }
    fields
}

fn exact(name: &str) -> Option<Field> {
    let forms = std::iter::once(normal(name)).chain(name.split(['/', '／', '\n']).map(normal));
    forms
        .into_iter()
        .find_map(|form| found(&NAMES, |known| known == form))
}

fn part(name: &str) -> Option<Field> {
    let form = normal(name);
    // What has a digit in it is a code of its own rather than the name of a column of them.
    let has_digit = form.chars().any(|sign| sign.is_numeric());
    if has_digit || OTHER.iter().any(|other| form.contains(other)) {
        return None;
    }
    found(&PARTS, |known| form.contains(known))
}

fn found(table: &[(Field, &[&str])], is_meant: impl Fn(&str) -> bool) -> Option<Field> {
    table
        .iter()
        .find(|(_, names)| names.iter().any(|name| is_meant(name)))
        .map(|(field, _)| *field)
}

/// A name in lower case, without what is in brackets, and without anything that is no letter or digit.
pub(super) fn normal(name: &str) -> String {
    let plain = super::plain(name);
    let bare = plain.split(['(', '[', '【']).next().unwrap_or_default();
    bare.chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
