package sealproof.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.junit.jupiter.api.Test;
import sealproof.vectors.Vectors.Case;
import sealproof.vectors.Vectors.Expect;
import sealproof.vectors.Vectors.Index;
import sealproof.vectors.Vectors.VectorFile;

class VectorsTest {
    private static void counted(Index index, List<VectorFile> files) {
        List<Case> cases = files.stream().flatMap(file -> file.cases().stream()).toList();
        int negatives = (int) cases.stream().filter(one -> one.expect() instanceof Expect.Reject).count();
        assertEquals(
                List.of(index.filesTotal(), index.casesTotal(), index.positivesTotal(), index.negativesTotal()),
                List.of(files.size(), cases.size(), cases.size() - negatives, negatives));
        assertFalse(cases.isEmpty());
    }

    /** Every member of the JSON is in the record that is read from it, with its value. */
    private static List<String> texts(JsonElement json) {
        return json.isJsonArray()
                ? json.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList()
                : List.of(json.getAsString());
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of(String.valueOf(value));
    }

    private static void fits(Class<? extends Record> type, JsonObject fields, String where) throws ReflectiveOperationException {
        Record read = Vectors.as(type, fields);
        int found = 0;
        for (RecordComponent component : type.getRecordComponents()) {
            JsonElement json = fields.get(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase());
            Object value = component.getAccessor().invoke(read);
            if (json == null) {
                assertEquals(null, value, where);
            } else {
                found += 1;
                assertEquals(texts(json), texts(value), where);
            }
        }
        assertEquals(fields.size(), found, where);
    }

    @Test
    void everyFileIsThatOfTheIndexAndEveryCaseIsTyped() throws ReflectiveOperationException {
        counted(Vectors.index(), Vectors.files());
        for (VectorFile file : Vectors.files()) {
            for (Case one : file.cases()) {
                String where = file.path() + "/" + one.id();
                fits(Operations.input(file.operation()), one.input(), where);
                if (one.expect() instanceof Expect.Output output) {
                    fits(Operations.output(file.operation()), output.fields(), where);
                } else if (one.expect() instanceof Expect.Opens opens) {
                    fits(Operations.output(Operations.openedBy(file.operation())), opens.fields(), where);
                } else if (one.expect() instanceof Expect.Reject reject) {
                    assertFalse(reject.reasons().isEmpty(), where);
                }
            }
        }
        assertThrows(IllegalArgumentException.class, () -> Vectors.file("../Vectors"));
    }

    @Test
    void theCanaryIsApart() {
        counted(Vectors.canaryIndex(), Vectors.canary());
        Vectors.canary().forEach(file -> assertEquals("canary", file.policy(), file.path()));
        Vectors.files().forEach(file -> assertNotEquals("canary", file.policy(), file.path()));
    }

    @Test
    void theErrataAreRead() {
        assertEquals(1, Vectors.errata().format());
        Vectors.errata().retired().forEach(retired -> assertTrue(retired.name().contains("/")));
    }
}
