//! The package for Node: a loader, and types for those who check them. Layer: `export`, pure.

use super::{Code, each, each_opened, filled, reasons};
use vectors::{Kind, Member};

const USAGE: &str = r#"```js
const { files } = require("sealproof-vectors");
for (const file of files().filter((file) => file.operation === "sha512.digest")) {
  for (const { input, expect, why } of file.cases) console.log(input.message, expect.output.digest, why);
}
```
"#;

pub(super) fn files() -> Code {
    let inputs = each(|operation| format!("  \"{}\": {};\n", operation.name, object(operation.input)));
    let outputs = each(|operation| format!("  \"{}\": {};\n", operation.name, object(operation.output)));
    let opened_by = each_opened(|seal, opener| format!("  \"{seal}\": \"{opener}\";\n"));
    let reasons = reasons("\"", " | ");
    let parts = [("INPUTS", &*inputs), ("OUTPUTS", &outputs), ("OPENED_BY", &opened_by), ("REASONS", &reasons)];
    let version = [("VERSION", env!("CARGO_PKG_VERSION"))];
    let files = vec![
        ("package.json", filled(include_str!("templates/npm/package.json"), &version)),
        ("index.cjs", include_str!("templates/npm/index.cjs").to_owned()),
        ("index.d.ts", filled(include_str!("templates/npm/index.d.ts"), &parts)),
        ("test.cjs", include_str!("templates/npm/test.cjs").to_owned()),
    ];
    ("Node", USAGE, files)
}

fn object(members: &[Member]) -> String {
    let member = |Member { name, kind, optional }: &Member| {
        let mark = if *optional { "?" } else { "" };
        format!("{name}{mark}: {}", ty(*kind))
    };
    format!("{{ {} }}", members.iter().map(member).collect::<Vec<_>>().join("; "))
}

fn ty(kind: Kind) -> &'static str {
    match kind {
        Kind::Hex => "Hex",
        Kind::Text => "string",
        Kind::Integer => "number",
        Kind::Flag => "boolean",
        Kind::HexList => "Hex[]",
        Kind::IntegerList => "number[]",
    }
}
