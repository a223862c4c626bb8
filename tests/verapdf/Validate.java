import java.io.File;
import java.util.List;
import java.util.Locale;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates every file given, against every flavour given, with the veraPDF engine.
 *
 * Usage: Validate FLAVOUR[,FLAVOUR] FILE...
 * Prints a line for each file and flavour: PASS or FAIL, flavour, number of checks, failed checks, file;
 * after a FAIL, one line for each failed check. Ends with status 0 if all pass, 1 if one fails, 2 if it could not run.
 */
public final class Validate {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean passed = true;
        for (String name : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.fromString(name);
            // An unknown name gives another flavour without a word.
            if (!flavour.getId().toLowerCase(Locale.ROOT).equals(name)) {
                System.err.println("unknown flavour: " + name);
                System.exit(2);
            }
            for (String path : List.of(arguments).subList(1, arguments.length)) {
                passed &= validate(path, name, flavour);
            }
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean validate(String path, String name, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            List<TestAssertion> failed = result.getTestAssertions().stream()
                .filter(check -> check.getStatus() == TestAssertion.Status.FAILED).toList();
            boolean passes = result.isCompliant() && failed.isEmpty();
            System.out.println((passes ? "PASS" : "FAIL") + "\t" + name + "\t" + result.getTotalAssertions() + "\t" + failed.size() + "\t" + path);
            for (TestAssertion check : failed) {
                System.out.println("\t" + check.getRuleId() + ": " + check.getMessage());
            }
            return passes;
        }
    }
}
