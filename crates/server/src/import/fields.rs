//! The files that can be imported, and the fields each may have.

/// The files that can be imported, in the order they refer to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// Categories of the catalog.
    Categories,
    /// Products, each with one variant.
    Products,
    /// Customers, each with an address and an ordering account.
    Customers,
    /// Orders that are to be replayed.
    Orders,
    /// The lines of those orders.
    OrderLines,
}

/// A field a file may have.
#[derive(Debug)]
pub(super) struct Field {
    /// What `--map` calls it.
    pub(super) name: &'static str,
    /// Whether a file without it can't be imported.
    pub(super) needed: bool,
    /// What its column is usually called, in lower case without blanks and punctuation; the best first.
    pub(super) aliases: &'static [&'static str],
}

const fn needed(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        needed: true,
        aliases,
    }
}

const fn optional(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        needed: false,
        aliases,
    }
}

const CATEGORIES: &[Field] = &[
    needed(
        "code",
        &[
            "categoryid",
            "categorycode",
            "code",
            "id",
            "分类编号",
            "分类编码",
            "编号",
            "编码",
        ],
    ),
    needed(
        "name",
        &["categoryname", "category", "name", "分类名称", "分类", "名称"],
    ),
];

const PRODUCTS: &[Field] = &[
    needed(
        "code",
        &[
            "sku",
            "skucode",
            "productcode",
            "productid",
            "itemcode",
            "code",
            "id",
            "商品编码",
            "商品编号",
            "货号",
            "编码",
            "编号",
        ],
    ),
    needed(
        "name",
        &[
            "productname",
            "itemname",
            "name",
            "product",
            "商品名称",
            "品名",
            "名称",
        ],
    ),
    optional(
        "category",
        &[
            "categoryid",
            "categorycode",
            "category",
            "商品分类",
            "分类编号",
            "分类编码",
            "分类",
        ],
    ),
    optional(
        "packing",
        &["quantityperunit", "packing", "specification", "规格", "包装"],
    ),
    optional("unit", &["unit", "baseunit", "单位", "计量单位"]),
    needed(
        "price",
        &[
            "unitprice",
            "listprice",
            "price",
            "订货价",
            "销售价",
            "单价",
            "价格",
        ],
    ),
    optional("stock", &["unitsinstock", "stock", "onhand", "库存数量", "库存"]),
    optional(
        "reorder_level",
        &["reorderlevel", "safetystock", "安全库存", "库存下限"],
    ),
    optional("discontinued", &["discontinued", "offsale", "停售", "下架"]),
    optional("brand", &["brand", "brandname", "品牌", "品牌名称"]),
    optional("tags", &["tags", "tag", "labels", "商品标签", "标签"]),
];

const CUSTOMERS: &[Field] = &[
    needed(
        "code",
        &[
            "customerid",
            "customercode",
            "code",
            "id",
            "客户编码",
            "客户编号",
            "编码",
            "编号",
        ],
    ),
    needed(
        "name",
        &[
            "companyname",
            "customername",
            "company",
            "name",
            "客户名称",
            "公司名称",
            "名称",
        ],
    ),
    optional("contact", &["contactname", "contact", "联系人"]),
    optional(
        "phone",
        &["phone", "telephone", "mobile", "联系电话", "手机", "电话"],
    ),
    needed("address", &["address", "street", "收货地址", "详细地址", "地址"]),
    optional("city", &["city", "城市", "市"]),
    optional("province", &["region", "state", "province", "省份", "省"]),
    optional(
        "postal_code",
        &["postalcode", "zip", "zipcode", "邮编", "邮政编码"],
    ),
    optional(
        "region",
        &["salesregion", "country", "所属区域", "区域", "大区", "国家"],
    ),
    optional("level", &["level", "customerlevel", "客户级别", "级别", "等级"]),
];

const ORDERS: &[Field] = &[
    needed(
        "code",
        &[
            "orderid",
            "orderno",
            "ordernumber",
            "code",
            "id",
            "订单编号",
            "订单号",
            "单号",
        ],
    ),
    needed(
        "customer",
        &[
            "customerid",
            "customercode",
            "customer",
            "客户编码",
            "客户编号",
            "客户",
        ],
    ),
    optional(
        "ordered_on",
        &["orderdate", "date", "下单日期", "订货日期", "日期"],
    ),
    optional("freight", &["freight", "shippingcost", "运费"]),
];

const ORDER_LINES: &[Field] = &[
    needed(
        "order",
        &[
            "orderid",
            "orderno",
            "ordernumber",
            "order",
            "订单编号",
            "订单号",
            "单号",
        ],
    ),
    needed(
        "product",
        &[
            "sku",
            "skucode",
            "productcode",
            "productid",
            "itemcode",
            "product",
            "商品编码",
            "商品编号",
            "货号",
        ],
    ),
    needed("price", &["unitprice", "price", "成交价", "单价", "价格"]),
    needed("quantity", &["quantity", "qty", "订货数量", "数量"]),
    optional("discount", &["discount", "discountrate", "折扣率", "折扣"]),
];

impl FileKind {
    /// Every file, in order.
    pub const ALL: [Self; 5] = [
        Self::Categories,
        Self::Products,
        Self::Customers,
        Self::Orders,
        Self::OrderLines,
    ];

    /// What options call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::Products => "products",
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::OrderLines => "order-lines",
        }
    }

    pub(super) fn fields(self) -> &'static [Field] {
        match self {
            Self::Categories => CATEGORIES,
            Self::Products => PRODUCTS,
            Self::Customers => CUSTOMERS,
            Self::Orders => ORDERS,
            Self::OrderLines => ORDER_LINES,
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.name() == name)
    }

    pub(super) fn field_names(self) -> String {
        let names: Vec<_> = self.fields().iter().map(|field| field.name).collect();
        names.join(", ")
    }
}
