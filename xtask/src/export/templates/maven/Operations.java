package sealproof.vectors;

import java.util.List;

/** The members of each operation's input and output. A member that is null is one that a port draws itself. */
public final class Operations {
    private Operations() {}

@TYPES@
    /** The type of an operation's input. */
    public static Class<? extends Record> input(String operation) {
        return switch (operation) {
@INPUTS@            default -> throw new IllegalArgumentException("no operation is called " + operation);
        };
    }

    /** The type of an operation's output. */
    public static Class<? extends Record> output(String operation) {
        return switch (operation) {
@OUTPUTS@            default -> throw new IllegalArgumentException("no operation is called " + operation);
        };
    }

    /** The operation that opens what a seal puts out. */
    public static String openedBy(String operation) {
        return switch (operation) {
@OPENED_BY@            default -> throw new IllegalArgumentException("nothing opens " + operation);
        };
    }
}
