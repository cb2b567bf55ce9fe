//! The package for Java: resources, and a record for the members of each operation. Layer: `export`, pure.

use super::names::{lower_camel, upper_camel};
use super::{Code, each, each_opened, filled, reasons};
use vectors::{Kind, Member};

const USAGE: &str = r#"```java
for (Vectors.VectorFile file : Vectors.files()) {
    if (!file.operation().equals("sha512.digest")) continue;
    for (Vectors.Case one : file.cases()) {
        byte[] message = Vectors.bytes(Vectors.as(Operations.Sha512DigestInput.class, one.input()).message());
    }
}
```
"#;

pub(super) fn files() -> Code {
    let types = each(|operation| {
        let name = upper_camel(operation.name);
        let sides = [("Input", operation.input), ("Output", operation.output)];
        sides
            .map(|(side, members)| format!("    public record {name}{side}({}) {{}}\n\n", components(members)))
            .concat()
    });
    let arm = |side: &str| {
        each(|operation| {
            format!("            case \"{}\" -> {}{side}.class;\n", operation.name, upper_camel(operation.name))
        })
    };
    let opened_by = each_opened(|seal, opener| format!("            case \"{seal}\" -> \"{opener}\";\n"));
    let (inputs, outputs) = (arm("Input"), arm("Output"));
    let parts = [
        ("TYPES", types.trim_end_matches('\n')),
        ("INPUTS", &inputs),
        ("OUTPUTS", &outputs),
        ("OPENED_BY", &opened_by),
    ];
    let version = [("VERSION", env!("CARGO_PKG_VERSION"))];
    let operations = include_str!("templates/maven/Operations.java").replace("@TYPES@\n", "@TYPES@\n\n");
    let files = vec![
        ("pom.xml", filled(include_str!("templates/maven/pom.xml"), &version)),
        (
            "src/main/java/sealproof/vectors/Vectors.java",
            filled(include_str!("templates/maven/Vectors.java"), &[("REASONS", &reasons("", ", "))]),
        ),
        ("src/main/java/sealproof/vectors/Operations.java", filled(&operations, &parts)),
        (
            "src/test/java/sealproof/vectors/VectorsTest.java",
            include_str!("templates/maven/VectorsTest.java").to_owned(),
        ),
    ];
    ("Java", USAGE, files)
}

fn components(members: &[Member]) -> String {
    let component = |member: &Member| format!("{} {}", ty(member.kind), lower_camel(member.name));
    members.iter().map(component).collect::<Vec<_>>().join(", ")
}

fn ty(kind: Kind) -> &'static str {
    match kind {
        Kind::Hex | Kind::Text => "String",
        Kind::Integer => "long",
        Kind::Flag => "boolean",
        Kind::HexList => "List<String>",
        Kind::IntegerList => "List<Long>",
    }
}
