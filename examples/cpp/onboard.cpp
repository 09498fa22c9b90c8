// Onboarding with finaut.hpp, in C++11 and without a JSON library: what an HR system does when somebody is hired, as one
// program from top to bottom; examples/c/onboard.c is the same in C. It creates a person in FinAut: try it with the sandbox.
//
//   g++ -std=c++11 onboard.cpp $(pkg-config --cflags --libs finaut) -o onboard      (with an installed package; the README says how in a clone)
//   FINAUT_API_HOST=… FINAUT_CLIENT_ID=… FINAUT_CLIENT_SECRET=… ./onboard PERSNR
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>

#include <finaut.hpp>

namespace {

// What a scheduler wants to know: is there something to mend, to wait for, or to look at before the next run?
enum outcome {
    done = 0,
    failed = 1,
    misused = 2,
    look_first = 3, // something was sent and nobody knows whether it took effect
    try_later = 75, // as sysexits.h has it
    stopped = 130   // as a shell has it after Ctrl-C
};

const char *const first_name = "Kjærsti";
const char *const last_name = "Bjørnås-Ødegård";

// Who sets statuses, as the register will say: the FinAut user who runs this program, here the first of the sandbox's people.
const char *const settings = R"({"max_wait_s": 30, "set_by": 590001})";

// A signal handler may not call the library. It leaves word, and the observer below passes it on.
volatile std::sig_atomic_t stop = 0;

extern "C" void on_interrupt(int)
{
    stop = 1;
}

// A value of a row; empty where there is none.
std::string field(const std::string &row, const std::string &pointer)
{
    return finaut::json_get(row, pointer, "");
}

// Arguments with one more.
std::string with(const std::string &args, const std::string &pointer, const std::string &value)
{
    return finaut::json_set(args, pointer, value);
}

// Told of what happens during a call, so that somebody at the screen knows why nothing moves. Anything but 0 ends the call.
int told(const std::string &event)
{
    if (finaut::json_get(event, "/event") == "wait") {
        const std::string what_for = finaut::json_get(event, "/for", "?");
        if (what_for == "slot" || what_for == "pause") {
            std::cerr << "    … all requests of this hour are used; the next one is free in "
                      << finaut::json_get(event, "/left_s", "some") << " s\n";
        } else {
            std::cerr << "    … waiting (" << what_for << ")\n";
        }
    }
    return stop;
}

// The register's own words for a status, in ours: "afrok" is the scheme afr and "ok".
std::string in_words(const std::string &status, const std::string &scheme)
{
    if (status == "hvilende") {
        return "on hold";
    }
    if (status == "utmeldt") {
        return "withdrawn";
    }
    if (status == scheme + "ok") {
        return "authorised";
    }
    if (status == scheme + "new") {
        return "not yet authorised";
    }
    return status; // a word that is newer than this program is shown as it is
}

void print_schemes(const finaut::client &client)
{
    const std::string schemes = client.schemes().list();

    std::cout << "FinAut keeps " << finaut::json_get(schemes, "/count") << " schemes:\n";
    for (const std::string &scheme : finaut::json_items(schemes, "/results")) {
        std::string code = field(scheme, "/appname");
        code.resize(4, ' ');
        std::cout << "    " << code << "  " << field(scheme, "/navn") << "\n";
    }
}

void print_statuses(const std::string &list)
{
    bool none = true;

    for (const std::string &status : finaut::json_items(list, "/results")) {
        const std::string scheme = field(status, "/appname");
        const std::string comment = field(status, "/comment");
        std::string column = scheme;
        column.resize(4, ' ');
        std::cout << "    " << column << "  " << field(status, "/status_date") << "  " << in_words(field(status, "/status"), scheme);
        if (!comment.empty()) {
            std::cout << " (" << comment << ")";
        }
        std::cout << "\n";
        none = false;
    }
    if (none) {
        std::cout << "    none\n";
    }
}

void print_results(const std::string &list)
{
    bool none = true;

    for (const std::string &exam : finaut::json_items(list, "/results")) {
        std::cout << "    " << field(exam, "/exam_date") << "  " << field(exam, "/exam_name") << ": " << field(exam, "/score") << "\n";
        none = false;
    }
    if (none) {
        std::cout << "    none yet\n";
    }
}

// All that is asked about a person: where things stand, how they came to, and the exams.
void print_person(const finaut::client &client, const std::string &person)
{
    std::cout << "Where " << first_name << " stands today:\n";
    print_statuses(client.userstatus().latest(person));
    std::cout << "And how it came to that:\n";
    print_statuses(client.userstatus().list(person));
    std::cout << "Exam results:\n";
    print_results(client.results().list(person));
}

// The changes that a working life brings, one call each.
void change_person(const finaut::client &client, const std::string &person, const std::string &department)
{
    client.users().enroll(with(person, "/schemes/-", "krd"));
    std::cout << "Signed up to krd as well.\n";

    const std::string status =
        client.users().hold(with(with(person, "/scheme", "afr"), "/comment", "begins after parental leave"));
    std::cout << "Set on hold in afr from " << finaut::json_get(status, "/status_date") << ".\n";

    if (!department.empty()) {
        client.users().move(with(person, "/department", field(department, "/id")));
        std::cout << "Moved to " << field(department, "/departmentname") << ".\n";
    } else {
        std::cout << "The company has no other department to move to.\n";
    }

    client.users().add_role(with(person, "/role", "afr_ba"));
    std::cout << "Made BA (bedriftsansvarlig) in afr, beside the roles that were there.\n";
}

outcome onboard(const finaut::client &client, const std::string &persnr)
{
    print_schemes(client);

    // The first department, and another one of the same company to move to later.
    std::string first;
    std::string another;
    for (const std::string &department : finaut::json_items(client.departments().list(), "/results")) {
        if (first.empty()) {
            first = department;
        } else if (field(department, "/company") == field(first, "/company")) {
            another = department;
            break;
        }
    }
    if (first.empty()) {
        std::cerr << "  The account sees no department, so nobody can be hired.\n";
        return failed;
    }

    // People may be named by "persnr", "id" or "employee_alias". The identity number is what an HR system has, and the cheapest
    // here: the library remembers whose number is whose, and need not look it up.
    const std::string person = with("{}", "/persnr", persnr);

    // Ids go back as they came: FinAut's are addresses, and the library takes addresses and numbers alike.
    std::string args = person;
    args = with(args, "/first_name", first_name);
    args = with(args, "/last_name", last_name);
    args = with(args, "/email", "kjersti@bank.example");
    args = with(args, "/company", field(first, "/company"));
    args = with(args, "/department", field(first, "/id"));
    args = with(args, "/schemes/-", "afr");
    const std::string hired = client.users().create_candidate(args);
    // What is printed is what the register says, not what we sent.
    std::cout << "\nHired " << finaut::json_get(hired, "/first_name") << " " << finaut::json_get(hired, "/last_name") << " in "
              << field(first, "/departmentname") << ", a candidate in afr.\n";

    change_person(client, person, another);
    print_person(client, person);

    const std::string status = client.users().withdraw(with(person, "/scheme", "krd"));
    std::cout << "Withdrawn from krd from " << finaut::json_get(status, "/status_date") << ".\n";

    const std::string budget = client.budget(); // no request: the library counts for itself
    std::cout << "\nThis took " << finaut::json_get(budget, "/used") << " requests; " << finaut::json_get(budget, "/free")
              << " more can go this hour.\n";
    return done;
}

// What the user who filled in the form can mend, each beside its field.
void print_refused_fields(const finaut::error &e)
{
    for (const auto &refused : finaut::json_members(e.fields())) {
        std::cerr << "    " << refused.first << ": " << field(refused.second, "/0") << "\n";
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "Usage: " << argv[0] << " PERSNR (11 digits, of somebody whom FinAut does not know yet)\n";
        return misused;
    }
    // The library would take the real server if none was named. A program that hires an invented person must not.
    if (std::getenv("FINAUT_API_HOST") == nullptr) {
        std::cerr << "Set FINAUT_API_HOST to the server that is to have the new person, as http://127.0.0.1:8700.\n";
        return misused;
    }
    std::signal(SIGINT, on_interrupt);
    try {
        // Host and credentials come from the environment: no secret stands in this file or in the process list.
        finaut::client client(settings);
        client.observe(told);
        return onboard(client, argv[1]);
    } catch (const finaut::throttled_error &e) {
        // Nothing is wrong. A service would put the call back into its queue for so long; we tell the scheduler.
        std::cerr << "  " << e.message() << "\n    Run this again in " << e.retry_after_s() << " s.\n";
        return try_later;
    } catch (const finaut::validation_error &e) {
        std::cerr << "  That did not work: " << e.message() << "\n";
        print_refused_fields(e);
        return failed;
    } catch (const finaut::error &e) {
        std::cerr << "  That did not work: " << e.message() << "\n";
        switch (e.number()) {
        case FINAUT_E_NETWORK:
        case FINAUT_E_SERVER:
            return try_later; // the library has tried several times already; later may be better
        case FINAUT_E_UNKNOWN_OUTCOME:
            return look_first; // the one error after which calling again could do a thing twice; the message says what to look at
        case FINAUT_E_INTERRUPTED:
            return stopped;
        case FINAUT_E_CONFIG:
        case FINAUT_E_AUTHENTICATION:
            return misused;
        default:
            return failed;
        }
    }
}
