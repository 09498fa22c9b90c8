// The operations: that the binding has those of the loaded library with the same arguments, that each method calls its own, and
// that each does its work against the sandbox.
#include "operations.hpp"
#include "harness.hpp"

#include <map>
#include <set>
#include <vector>

namespace {

typedef std::vector<operation> operation_list;

const operation_list BINDING(std::begin(OPERATIONS), std::end(OPERATIONS));

std::set<std::string> words(const std::string &text)
{
    std::istringstream stream(text);
    std::set<std::string> words;
    for (std::string word; stream >> word;) {
        words.insert(word);
    }
    return words;
}

std::string joined(const std::set<std::string> &words)
{
    std::string text;
    for (const std::string &word : words) {
        text += " " + word;
    }
    return text;
}

// Name to arguments, as the library tells them.
std::map<std::string, std::set<std::string>> catalogue()
{
    const std::string all = finaut::operations();
    std::map<std::string, std::set<std::string>> catalogue;
    for (int i = 0;; i++) {
        const std::string row = finaut::json_get(all, "/operations/" + std::to_string(i), "");
        if (row.empty()) {
            return catalogue;
        }
        std::set<std::string> &arguments = catalogue[finaut::json_get(row, "/name")];
        const std::string person = finaut::json_get(row, "/person");
        if (person != "null") {
            arguments.insert(person == "required" ? "person" : "person?");
        }
        for (int j = 0;; j++) {
            const std::string at = "/arguments/" + std::to_string(j);
            const std::string name = finaut::json_get(row, at + "/name", "");
            if (name.empty()) {
                break;
            }
            arguments.insert(name + (finaut::json_get(row, at + "/required") == "true" ? "" : "?"));
        }
    }
}

// In what the binding differs from the library; empty if in nothing.
std::string differences(const operation_list &binding)
{
    std::map<std::string, std::set<std::string>> theirs = catalogue();
    std::string found;
    for (const operation &ours : binding) {
        const auto there = theirs.find(ours.name);
        if (there == theirs.end()) {
            found += std::string("surplus: ") + ours.name + "\n";
            continue;
        }
        if (words(ours.arguments) != there->second) {
            found += std::string("other arguments: ") + ours.name + joined(words(ours.arguments)) + " /" +
                     joined(there->second) + "\n";
        }
        theirs.erase(there);
    }
    for (const auto &missing : theirs) {
        found += "missing: " + missing.first + "\n";
    }
    return found;
}

void the_binding_has_the_operations_of_the_library()
{
    EXPECT(differences(BINDING).empty(),
           "\n" << differences(BINDING) << "(cargo xtask generate writes the binding anew)");
}

void a_difference_from_the_library_is_seen()
{
    operation_list less(BINDING.begin() + 1, BINDING.end());
    EXPECT(differences(less) == std::string("missing: ") + BINDING[0].name + "\n", differences(less));

    operation_list more = BINDING;
    more.push_back(BINDING[0]);
    more.back().name = "users.explode";
    EXPECT(differences(more) == "surplus: users.explode\n", differences(more));

    operation_list others = BINDING;
    others[0].arguments = "person page? speed?";
    EXPECT(differences(others).find(std::string("other arguments: ") + others[0].name) == 0, differences(others));
}

// A wrong argument comes back with the name of what was called, and costs no request.
void every_method_calls_the_operation_of_its_name()
{
    const finaut::client client = client_with("");
    const long requests = counted("requests");
    for (const operation &operation : BINDING) {
        const finaut::argument_error e = THROWN(finaut::argument_error, operation.call(client, "{\"nonsense\": 1}"));
        EXPECT(e.operation() == operation.name, operation.name << " calls " << e.operation());
        EXPECT(THROWN(finaut::argument_error, client.call(operation.name, "{\"nonsense\": 1}")).operation() == operation.name,
               "the same by its name");
    }
    EXPECT(counted("requests") == requests, "nothing is sent");
}

// What must be given has no default, what need not be given has one: an empty object does where nothing is said.
void what_may_be_left_out_may_be_left_out()
{
    const finaut::client client = client_with("");
    const auto theirs = catalogue();
    for (const operation &operation : BINDING) {
        bool needed = false;
        for (const std::string &argument : theirs.at(operation.name)) {
            needed = needed || argument.back() != '?';
        }
        EXPECT((operation.call_without == nullptr) == needed, operation.name);
    }
    EXPECT(!client.budget().empty() && client.budget() == client.budget("{}"), client.budget());
}

std::string person_with(const std::string &persnr, const std::string &last)
{
    return "{\"persnr\": \"" + persnr + "\", \"first_name\": \"Kari\", \"last_name\": \"Nordmann\", \"company\": 2201, " +
           "\"department\": 3301, " + last + "}";
}

// What each operation is called with here, and what must come of it. Those that are not listed are called as the catalogue's
// example has it, and must find nothing wrong with the arguments.
struct wanted {
    std::string args;
    std::string pointer;
    std::string value; // empty: anything that is there
};

std::map<std::string, wanted> everything_wanted()
{
    const std::string id = of_person(0, "id");
    const std::string by_id = "{\"id\": " + id;
    const std::string name = of_person(0, "last_name");
    const std::string encrypted = of_person(0, "encrypted_id");
    const std::string found = sandbox("POST", "results", "{\"user\": " + id + "}");
    const finaut::client client = client_with("");
    const std::string user = client.users().get(by_id + "}");
    const std::string status = client.userstatus().create("{\"appname\": \"afr\", \"user\": " + id + ", \"status\": \"hvilende\"}");
    const std::string course = client.competency_results().create("{\"encrypted_user_id\": \"" + encrypted +
                                                                  "\", \"goal\": 3, \"passed_date\": \"2026-01-31\"}");
    const std::string result = finaut::json_get(client.results().list(by_id + "}"), "/results/0/id");
    const std::string webhook = finaut::json_set("{\"headers\": {}, \"path\": \"/hr/0f3b5c7d9e1a2b4c6d8e0f3b5c7d9e1a\"}", "/body",
                                                 client.results().get("{\"id\": \"" + result + "\"}"));

    return {
        {"users.list", {"{}", "/count", ""}},
        {"users.get", {by_id + "}", "/last_name", name}},
        {"users.create", {person_with(unused_persnr(), "\"roles\": [\"afr_ka\", \"afr_ba\"]"), "/last_name", "Nordmann"}},
        {"users.create_candidate", {person_with(unused_persnr(), "\"schemes\": [\"afr\"]"), "/last_name", "Nordmann"}},
        {"users.create_ba", {person_with(unused_persnr(), "\"schemes\": [\"afr\"]"), "/last_name", "Nordmann"}},
        {"users.create_tl", {person_with(unused_persnr(), "\"schemes\": [\"afr\"]"), "/last_name", "Nordmann"}},
        {"users.update", {by_id + ", \"changes\": {\"mobile\": \"91234567\"}}", "/mobile", "91234567"}},
        {"users.add_role", {by_id + ", \"role\": \"ink_ba\"}", "/last_name", name}},
        {"users.enroll", {by_id + ", \"schemes\": [\"ink\"]}", "/last_name", name}},
        {"users.ensure", {person_with(unused_persnr(), "\"schemes\": [\"afr\"]"), "/did", "created"}},
        {"users.move", {by_id + ", \"department\": 3301}", "/work_for/department", ""}},
        {"users.hold", {by_id + ", \"scheme\": \"krd\"}", "/status", "hvilende"}},
        {"users.withdraw", {by_id + ", \"scheme\": \"krd\"}", "/status", "utmeldt"}},
        {"companies.list", {"{}", "/results/0/navn", ""}},
        {"companies.get", {"{\"id\": 2201}", "/navn", ""}},
        {"departments.list", {"{\"company\": 2201}", "/results/0/departmentname", ""}},
        {"departments.get", {"{\"id\": 3301}", "/departmentname", ""}},
        {"schemes.list", {"{}", "/results/0/appname", "afr"}},
        {"userstatus.list", {by_id + "}", "/results/0/appname", ""}},
        {"userstatus.latest", {by_id + "}", "/results/0/appname", ""}},
        {"userstatus.get", {"{\"id\": \"" + finaut::json_get(status, "/id") + "\"}", "/status", "hvilende"}},
        {"userstatus.create", {"{\"appname\": \"afr\", \"user\": " + id + ", \"status\": \"utmeldt\"}", "/status", "utmeldt"}},
        {"results.list", {by_id + "}", "/results/0/id", result}},
        {"results.get", {"{\"id\": \"" + result + "\"}", "/id", result}},
        {"competency_results.list", {"{\"encrypted_user_id\": \"" + encrypted + "\"}", "/results/0/id", ""}},
        {"competency_results.get", {"{\"id\": \"" + finaut::json_get(course, "/id") + "\"}", "/goal", "3"}},
        {"competency_results.create",
         {"{\"encrypted_user_id\": \"" + encrypted + "\", \"goal\": 4, \"passed_date\": \"2026-01-31\"}", "/goal", "4"}},
        {"employment.get", {"{\"id\": \"" + finaut::json_get(user, "/employment/0") + "\"}", "/id", ""}},
        {"link.url", {"{\"ext_user_id\": \"Ø1\"}", "/url", "https://link.example/?who=%C3%981"}},
        {"webhook.parse", {webhook, "/objects/0/kind", "result"}},
        {"webhook.accept", {webhook, "/kinds/0", "result"}},
        {"inbox.list", {"{}", "/waiting", ""}},
        {"inbox.poll", {"{}", "/requests", ""}},
        {"inbox.next", {"{\"kind\": \"result\"}", "/object/id", result}},
        {"inbox.acknowledge", {"{\"event\": 1}", "/event", "1"}},
        {"inbox.requeue", {"{\"event\": 1, \"reason\": \"a test\"}", "/event", "1"}},
        {"inbox.drop", {"{\"event\": 1, \"reason\": \"a test\"}", "/event", "1"}},
        {"inbox.status", {"{}", "/waiting", ""}},
        {"sync.plan",
         {"{\"profile\": {\"scope\": {\"companies\": [2201], \"schemes\": [\"afr\"]}}, \"people\": [{\"employee_alias\": \"nobody\"}]}",
          "/steps", "[]"}},
        {"sync.status", {"{}", "/state", "ready"}},
        {"sync.report", {"{\"format\": \"html\", \"language\": \"en\"}", "/format", "html"}},
        {"journal.list", {"{\"job\": \"nightly\", \"page\": 1}", "/results/0/job", "nightly"}},
        {"budget", {"{\"requests\": 3}", "/by/0/job", "nightly"}},
        {"check", {"{}", "/client_id", setting("FINAUT_CLIENT_ID")}},
        {"request", {"{\"method\": \"GET\", \"path\": \"user/" + id + "/\"}", "/last_name", name}},
    };
}

void every_operation_does_its_work()
{
    const std::map<std::string, wanted> everything = everything_wanted();
    const folder folder;
    const finaut::client client = client_with(", \"link_url\": \"https://link.example/?who={ext_user_id}\", \"state\": \"" +
                                              folder.path + "/finaut.db\", \"job\": \"nightly\", \"inbox\": " +
                                              "{\"path_secret\": \"0f3b5c7d9e1a2b4c6d8e0f3b5c7d9e1a\", \"verify\": \"none\"}");
    const std::string all = finaut::operations();

    size_t found = 0;
    for (size_t i = 0; i < BINDING.size(); i++) {
        const auto here = everything.find(BINDING[i].name);
        if (here != everything.end()) {
            found++;
            const std::string reply = BINDING[i].call(client, here->second.args);
            const std::string value = finaut::json_get(reply, here->second.pointer);
            EXPECT(here->second.value.empty() ? !value.empty() : value == here->second.value,
                   BINDING[i].name << " " << here->second.pointer << " is " << value << " in " << reply);
            continue;
        }
        const std::string example = finaut::json_get(all, "/operations/" + std::to_string(i) + "/example");
        try {
            EXPECT(!BINDING[i].call(client, example).empty(), BINDING[i].name << " gives something");
        } catch (const finaut::error &e) {
            EXPECT(e.number() != FINAUT_E_ARGUMENT && e.number() != FINAUT_E_HANDLE && e.number() != FINAUT_E_INTERNAL,
                   BINDING[i].name << " " << example << ": " << e.json());
            EXPECT(e.operation() == BINDING[i].name, e.json());
        }
    }
    EXPECT(found == everything.size(), "all that is listed here is there: " << found << " of " << everything.size());
}

} // namespace

int main(int argc, char **argv)
{
    return run_tests(argc, argv,
                     {
                         TEST(the_binding_has_the_operations_of_the_library),
                         TEST(a_difference_from_the_library_is_seen),
                         TEST(every_method_calls_the_operation_of_its_name),
                         TEST(what_may_be_left_out_may_be_left_out),
                         TEST(every_operation_does_its_work),
                     });
}
