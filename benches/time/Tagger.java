import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.heideltime.standalone.components.ResultFormatter;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import de.unihd.dbs.uima.types.heideltime.Timex3;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.text.SimpleDateFormat;
import org.apache.uima.cas.FSIterator;

/**
 * HeidelTime in one virtual machine: documents in, times out.
 *
 * <p>In: the date, a blank, the number of bytes, a line end, the text. Out: nanoseconds inside the call and the number
 * of times, then one line each: start, end (code points), value, with tabs between them. Ends with its input.
 */
public final class Tagger {
    private static String text;

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
        System.setOut(System.err);
        HeidelTimeStandalone tagger =
            new HeidelTimeStandalone(
                Language.ENGLISH, DocumentType.NARRATIVES, OutputType.TIMEML, arguments[0], POSTagger.NO, false);
        ResultFormatter rows =
            cas -> {
                StringBuilder lines = new StringBuilder();
                FSIterator<?> times = cas.getAnnotationIndex(Timex3.type).iterator();
                while (times.hasNext()) {
                    Timex3 time = (Timex3) times.next();
                    int start = text.codePointCount(0, time.getBegin());
                    int end = text.codePointCount(0, time.getEnd());
                    lines.append(start).append('\t').append(end).append('\t').append(time.getTimexValue()).append('\n');
                }
                return lines.toString();
            };
        SimpleDateFormat date = new SimpleDateFormat("yyyy-MM-dd");
        DataInputStream in = new DataInputStream(System.in);
        for (String head = line(in); head != null; head = line(in)) {
            String[] parts = head.split(" ");
            byte[] bytes = new byte[Integer.parseInt(parts[1])];
            in.readFully(bytes);
            text = new String(bytes, StandardCharsets.UTF_8);
            long before = System.nanoTime();
            String found = tagger.process(text, date.parse(parts[0]), rows);
            long spent = System.nanoTime() - before;
            out.print(spent + " " + found.chars().filter(c -> c == '\n').count() + "\n" + found);
            out.flush();
        }
    }

    private static String line(DataInputStream in) throws Exception {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
