// Retrieves one person with finaut, in Java 8 or newer with JNA (Debian: libjna-java).
//
// Replies are PointerByReference, never String: JNA would copy the text and forget the pointer, which must be freed.
// Strings go in as UTF-8 whatever the machine's encoding, if the library is loaded with OPTION_STRING_ENCODING. It is found
// through -Djna.library.path or as any library is. A client serves all threads.
//
//   javac -cp jna.jar Get.java && java -cp jna.jar:. -Djna.library.path=target/release Get
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.PrintStream;
import java.util.Collections;

public class Get {
    public interface Finaut extends Library {
        int finaut_client_new(String configJson, PointerByReference client, PointerByReference reply);
        void finaut_client_free(Pointer client);
        int finaut_users_get(Pointer client, String argsJson, PointerByReference reply);
        int finaut_json_get(Pointer json, String pointer, PointerByReference value);
        void finaut_string_free(Pointer string);
    }

    static final Finaut LIBRARY =
            Native.load("finaut", Finaut.class, Collections.singletonMap(Library.OPTION_STRING_ENCODING, "UTF-8"));

    /** A value of a JSON text, which is still the library's; null where there is none. */
    static String jsonGet(Pointer json, String pointer) {
        PointerByReference value = new PointerByReference();
        int code = LIBRARY.finaut_json_get(json, pointer, value);
        try {
            return code == 0 ? value.getValue().getString(0, "UTF-8") : null;
        } finally {
            LIBRARY.finaut_string_free(value.getValue());
        }
    }

    /** The person's last name, or why there is none. */
    static String lastName(Pointer client, String args) {
        PointerByReference reply = new PointerByReference();
        int code = LIBRARY.finaut_users_get(client, args, reply);
        try {
            return jsonGet(reply.getValue(), code == 0 ? "/last_name" : "/code");
        } finally {
            LIBRARY.finaut_string_free(reply.getValue());
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        PointerByReference client = new PointerByReference();
        PointerByReference reply = new PointerByReference();
        // Credentials come from the environment; "{}" sets nothing.
        int code = LIBRARY.finaut_client_new("{}", client, reply);
        String message = code == 0 ? null : jsonGet(reply.getValue(), "/message");
        LIBRARY.finaut_string_free(reply.getValue());
        if (code != 0) {
            throw new IllegalStateException(message);
        }
        try {
            out.println(lastName(client.getValue(), "{\"employee_alias\": \"ANS-00004\"}"));
            out.println(lastName(client.getValue(), "{\"id\": 1}"));
        } finally {
            LIBRARY.finaut_client_free(client.getValue());
        }
    }
}
