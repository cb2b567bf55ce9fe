package sealproof.vectors;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Loads the vectors of sealproof. Nothing is handed out whose bytes are not those of the index. */
public final class Vectors {
    private static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .registerTypeAdapter(Expect.class, (JsonDeserializer<Expect>) (json, type, context) -> expect(json.getAsJsonObject()))
            .create();

    private Vectors() {}

    /** What there is. */
    public record Index(int format, int filesTotal, int casesTotal, int positivesTotal, int negativesTotal, List<IndexedFile> files) {}

    /** What the index says of a file. */
    public record IndexedFile(
            String path, String sha256, String operation, String policy, String cost, int cases, int positives, int negatives) {}

    /** One operation, one policy, a flat list of cases. */
    public record VectorFile(
            String path,
            int format,
            String operation,
            String titleText,
            String policy,
            String cost,
            List<String> spec,
            Source source,
            Map<String, Flag> flags,
            List<Case> cases) {}

    /** Where a file's bytes come from. */
    public record Source(String recipe, String seed, Map<String, String> oracles) {}

    /** A cause that cases look for. */
    public record Flag(String bug, String why, String effect, List<String> links, List<String> cves) {}

    /**
     * One request and what must come back. The input is one of {@link Operations#input}; {@code derivedFrom} is null but in
     * cases that must be refused.
     */
    public record Case(
            int id,
            String name,
            String why,
            List<String> flags,
            Integer derivedFrom,
            JsonObject input,
            Expect expect,
            Map<String, String> trace,
            List<String> confirmedBy) {}

    /** What must come back. */
    public sealed interface Expect {
        /** This output, byte for byte: one of {@link Operations#output}. */
        record Output(JsonObject fields) implements Expect {}

        /** A refusal for one of these reasons: @REASONS@. */
        record Reject(List<String> reasons) implements Expect {}

        /** A seal that opens to these fields: the output of {@link Operations#openedBy}. */
        record Opens(JsonObject fields) implements Expect {}
    }

    /** The cases that were wrong and are gone. */
    public record Errata(int format, List<String> retiredFiles, List<Retired> retired) {}

    /** A case that was wrong. */
    public record Retired(
            @com.google.gson.annotations.SerializedName("case") String name,
            @com.google.gson.annotations.SerializedName("input_sha256") String inputSha256,
            String why,
            String since,
            List<String> replacedBy) {}

    /** A requirement set: cases by file and id, each with its hash. */
    public record Requirements(
            int format, String name, String suite, List<String> policies, int casesTotal, List<RequiredFile> files) {}

    /** The required cases of one file. */
    public record RequiredFile(String path, Map<String, String> cases) {}

    public static Index index() {
        return read("index.json", Index.class);
    }

    /** Every file, checked against the index. */
    public static List<VectorFile> files() {
        return index().files().stream().map(entry -> load("", entry)).toList();
    }

    /** One file, {@code <family>/<topic>}. */
    public static VectorFile file(String path) {
        for (IndexedFile entry : index().files()) {
            if (entry.path().equals(path)) return load("", entry);
        }
        throw new IllegalArgumentException("no file is called " + path);
    }

    public static Index canaryIndex() {
        return read("canary/index.json", Index.class);
    }

    /** Files whose every expectation is wrong on purpose. */
    public static List<VectorFile> canary() {
        return canaryIndex().files().stream().map(entry -> load("canary/", entry)).toList();
    }

    public static Errata errata() {
        return read("errata.json", Errata.class);
    }

    /** A requirement set by its name. */
    public static Requirements requirements(String name) {
        return read("requirements/" + name + ".json", Requirements.class);
    }

    /** Members as a record of {@link Operations}. */
    public static <T extends Record> T as(Class<T> type, JsonObject members) {
        return GSON.fromJson(members, type);
    }

    /** The bytes of lower-case hex. */
    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** A file of the package as it stands. */
    public static byte[] resource(String path) {
        try (InputStream stream = Vectors.class.getResourceAsStream("data/" + path)) {
            if (stream == null) throw new IllegalArgumentException("no file is called " + path);
            return stream.readAllBytes();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static <T> T read(String path, Class<T> type) {
        return GSON.fromJson(new String(resource(path), StandardCharsets.UTF_8), type);
    }

    private static VectorFile load(String folder, IndexedFile entry) {
        byte[] bytes = resource(folder + entry.path() + ".json");
        if (!Arrays.equals(sha256(bytes), bytes(entry.sha256()))) {
            throw new IllegalStateException(folder + entry.path() + " is not the file that the index names");
        }
        JsonObject json = GSON.fromJson(new String(bytes, StandardCharsets.UTF_8), JsonObject.class);
        json.addProperty("path", entry.path());
        return GSON.fromJson(json, VectorFile.class);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException error) {
            throw new IllegalStateException(error);
        }
    }

    private static Expect expect(JsonObject json) {
        if (json.size() == 1) {
            if (json.has("output")) return new Expect.Output(json.getAsJsonObject("output"));
            if (json.has("opens")) return new Expect.Opens(json.getAsJsonObject("opens"));
            if (json.has("reject")) {
                return new Expect.Reject(Arrays.asList(GSON.fromJson(json.get("reject"), String[].class)));
            }
        }
        throw new JsonParseException("expected exactly one of output, reject and opens");
    }
}
