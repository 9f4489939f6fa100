// Validates PDFs against PDF/A-3a and PDF/UA-1 with veraPDF's model and its own profiles.
//
//   java -cp <jar that holds veraPDF> Validate.java FILE...
//
// Prints a line for each file and profile: file, profile, number of checks made, number of failed
// checks; then, indented, each rule that failed with its clause, how often, and what it says.
// Ends with 0 whatever the verdicts: the caller reads them.

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

public class Validate {
    private static final int SHOWN = 100;

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        List<ValidationProfile> profiles = List.of(
                profile("PDFA-3A.xml", PDFAFlavour.PDFA_3_A),
                profile("PDFUA-1.xml", PDFAFlavour.PDFUA_1));
        for (String file : files) {
            for (ValidationProfile profile : profiles) {
                validate(Path.of(file), profile);
            }
        }
    }

    private static void validate(Path file, ValidationProfile profile) throws Exception {
        PDFAFlavour flavour = profile.getPDFAFlavour();
        try (InputStream content = Files.newInputStream(file);
                var parser = Foundries.defaultInstance().createParser(content, flavour);
                var validator = Foundries.defaultInstance()
                        .createValidator(profile, SHOWN, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            Map<RuleId, Integer> failed = result.getFailedChecks();
            int failures = failed.values().stream().mapToInt(Integer::intValue).sum();
            System.out.printf("%s\t%s\t%d\t%d%n",
                    file, flavour.getId(), result.getTotalAssertions(), failures);
            for (var each : failed.entrySet()) {
                RuleId id = each.getKey();
                System.out.printf("\t%s-%d\t%d\t%s%n", id.getClause(), id.getTestNumber(),
                        each.getValue(), described(profile, id));
            }
        }
    }

    private static String described(ValidationProfile profile, RuleId id) {
        return profile.getRuleByRuleId(id).getDescription().replaceAll("\\s+", " ");
    }

    // Why by hand: veraPDF reads its profiles through JAXB, whose runtime the jar leaves out.
    private static ValidationProfile profile(String name, PDFAFlavour flavour) throws Exception {
        Element root;
        try (InputStream text = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name)) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(text).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element each : children(child(root, "rules"))) {
            rules.add(rule(each, flavour));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element each : children(child(root, "variables"))) {
            variables.add(Profiles.variableFromValues(each.getAttribute("name"),
                    each.getAttribute("object"), text(each, "defaultValue"), text(each, "value")));
        }
        Element details = child(root, "details");
        return Profiles.profileFromValues(flavour,
                Profiles.profileDetailsFromValues(text(details, "name"),
                        text(details, "description"), details.getAttribute("creator"), new Date(0)),
                "", rules, variables);
    }

    private static Rule rule(Element each, PDFAFlavour flavour) {
        Element id = child(each, "id");
        Element error = child(each, "error");
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : children(child(error, "arguments"))) {
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), null, null));
        }
        List<Reference> references = new ArrayList<>();
        Boolean deferred = each.hasAttribute("deferred") && Boolean.parseBoolean(each.getAttribute("deferred"));
        PDFAFlavour.Specification specification = Enum.valueOf(
                PDFAFlavour.Specification.class, id.getAttribute("specification"));
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(specification, id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber"))),
                each.getAttribute("object"), deferred, each.getAttribute("tags"),
                text(each, "description"), text(each, "test"),
                Profiles.errorFromValues(text(error, "message"), arguments), references);
    }

    private static Element child(Element parent, String name) {
        return children(parent).stream().filter(e -> e.getNodeName().equals(name)).findFirst().orElseThrow();
    }

    private static List<Element> children(Element parent) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i).getNodeType() == Node.ELEMENT_NODE) {
                found.add((Element) nodes.item(i));
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        return child(parent, name).getTextContent();
    }
}
