import com.adobe.epubcheck.tool.EpubChecker;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** EPUBCheck, begun once for many books. Reads pairs of lines: a book, and the file that its report goes to. */
class EpubChecks {
    public static void main(String[] none) throws Exception {
        PrintStream answers = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // where it says that it has ended
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String book; (book = orders.readLine()) != null; ) {
            new EpubChecker().run(new String[] {book, "--json", orders.readLine(), "--usage", "--quiet"});
            answers.println("checked");
        }
    }
}
