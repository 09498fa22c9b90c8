// What the C++ tests have in common: running named tests, each in a process of its own so that a crash or a hang is one failed
// test and not the end of the run; clients of the sandbox; and asking things of the sandbox itself.
//
// FINAUT_API_HOST, FINAUT_CLIENT_ID and FINAUT_CLIENT_SECRET say where the sandbox is (tests/cpp.sh starts one). FINAUT_TEST_FEW
// makes the loops short, for valgrind. An argument runs only the tests whose names contain it.
#ifndef HARNESS_HPP
#define HARNESS_HPP

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <iostream>
#include <sstream>
#include <string>
#include <thread>

#include <finaut.hpp>

namespace {

// How long a test may take before it counts as hung: much longer than any does, valgrind included.
const unsigned PATIENCE_S = 1800;

struct test {
    const char *name;
    void (*run)();
};

#define UNUSED __attribute__((unused))
#define TEST(name) {#name, name}

// Ends a test that does not find what it expects; the rest says what it found.
#define EXPECT(condition, found)                                                                                              \
    do {                                                                                                                      \
        if (!(condition)) {                                                                                                   \
            std::cerr << "  " << __FILE__ << ":" << __LINE__ << ": expected " << #condition << ": " << found << std::endl;    \
            _exit(3);                                                                                                         \
        }                                                                                                                     \
    } while (0)

// Runs a statement that must throw `type`, and gives what was thrown.
#define THROWN(type, statement) thrown<type>(__FILE__, __LINE__, #type, #statement, [&] { statement; })

template <typename Error, typename Statement>
Error thrown(const char *file, int line, const char *type, const char *text, Statement statement)
{
    try {
        statement();
    } catch (const Error &e) {
        return e;
    } catch (const std::exception &e) {
        std::cerr << "  " << file << ":" << line << ": " << text << " throws another than " << type << ": " << e.what() << "\n";
        _exit(3);
    }
    std::cerr << "  " << file << ":" << line << ": " << text << " does not throw " << type << std::endl;
    _exit(3);
}

UNUSED int few(int many, int under_valgrind)
{
    return std::getenv("FINAUT_TEST_FEW") != nullptr ? under_valgrind : many;
}

UNUSED void sleep_ms(int ms)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

std::string setting(const char *name)
{
    const char *value = std::getenv(name);
    if (value == nullptr) {
        std::cerr << name << " is not set; tests/cpp.sh runs these tests" << std::endl;
        std::exit(2);
    }
    return value;
}

// Sends one HTTP request to a port of this machine. Gives the whole answer; empty if nobody listens.
std::string exchange(int port, const std::string &method, const std::string &path, const std::string &body)
{
    sockaddr_in address = sockaddr_in();
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int wire = socket(AF_INET, SOCK_STREAM, 0);
    std::string answer;
    if (connect(wire, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0) {
        const std::string request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                                    "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                                    "\r\n\r\n" + body;
        EXPECT(write(wire, request.data(), request.size()) == static_cast<ssize_t>(request.size()), std::strerror(errno));
        char piece[4096];
        ssize_t got;
        while ((got = read(wire, piece, sizeof piece)) > 0) {
            answer.append(piece, static_cast<size_t>(got));
        }
    }
    close(wire);
    return answer;
}

// The port at the end of an address.
int port_of(const std::string &address)
{
    return std::stoi(address.substr(address.rfind(':') + 1));
}

// Asks the sandbox itself: "POST", "faults", "{…}". Gives the body of the answer.
std::string sandbox(const std::string &method, const std::string &path, const std::string &body = "")
{
    const std::string host = setting("FINAUT_API_HOST");
    const std::string answer = exchange(port_of(host), method, "/sandbox/" + path, body);
    EXPECT(!answer.empty(), "no sandbox at " << host);
    EXPECT(answer.compare(0, 11, "HTTP/1.1 20") == 0, method << " " << path << ": " << answer);
    return answer.substr(answer.find("\r\n\r\n") + 4);
}

UNUSED void fault(const std::string &json)
{
    sandbox("POST", "faults", json);
}

void no_faults()
{
    sandbox("DELETE", "faults");
}

// A number of the sandbox's own count, as "people".
UNUSED long counted(const std::string &what)
{
    return std::stol(finaut::json_get(sandbox("GET", "state"), "/" + what));
}

// Of the sandbox's people, one's number, alias or the like.
UNUSED std::string of_person(int row, const std::string &field)
{
    return finaut::json_get(sandbox("GET", "people"), "/" + std::to_string(row) + "/" + field);
}

// A synthetic identity number that nobody has yet, another for each call in the whole run of tests.
UNUSED std::string unused_persnr()
{
    return finaut::json_get(sandbox("GET", "unused_persnr"), "/persnr");
}

// A configuration for the sandbox, with `more` keys; "" or as ", \"cache_s\": 0".
std::string config_with(const std::string &more)
{
    const bool asks = more.find("\"throttle\"") != std::string::npos;
    return "{\"host\": \"" + setting("FINAUT_API_HOST") + "\", \"client_id\": \"" + setting("FINAUT_CLIENT_ID") +
           "\", \"client_secret\": \"" + setting("FINAUT_CLIENT_SECRET") + "\", \"set_by\": 590001" +
           (asks ? "" : ", \"throttle\": {\"requests\": 100000}") + more + "}";
}

UNUSED finaut::client client_with(const std::string &more)
{
    return finaut::client(config_with(more));
}

// A new folder, which goes with everything in it.
struct folder {
    std::string path;
    folder() : path("/tmp/finaut-test-XXXXXX") { EXPECT(mkdtemp(&path[0]) != nullptr, std::strerror(errno)); }
    ~folder()
    {
        for (const char *name : {"/finaut.db", "/finaut.db-journal", "/finaut.db-quota", "/finaut.db-quota-journal", "/finaut.db-lives",
                                 "/finaut.db-audit-cpp.ndjson"}) {
            std::remove((path + name).c_str());
        }
        rmdir(path.c_str());
    }
};

// One slot for a whole hour: the second call waits for as long as anybody has patience.
const char *const ONE_AN_HOUR = ", \"throttle\": {\"requests\": 1, \"per_s\": 3600}, \"max_wait_s\": 100000";

// Runs the tests whose names contain the argument. Gives the program's exit status.
int run_tests(int argc, char **argv, std::initializer_list<test> tests)
{
    int passed = 0;
    int failed = 0;

    for (const test &test : tests) {
        if (argc > 1 && std::strstr(test.name, argv[1]) == nullptr) {
            continue;
        }
        no_faults();
        std::cout.flush();
        const pid_t child = fork();
        if (child == 0) {
            alarm(PATIENCE_S);
            try {
                test.run();
            } catch (const std::exception &e) {
                std::cerr << "  an exception that nobody caught: " << e.what() << std::endl;
                _exit(3);
            }
            std::exit(0); // with the destructors of what is static
        }
        int status = 0;
        if (child < 0 || waitpid(child, &status, 0) != child) {
            std::perror("fork");
            return 2;
        }
        if (status == 0) {
            passed++;
            std::cout << "ok      " << test.name << "\n";
        } else if (WIFSIGNALED(status)) {
            failed++;
            std::cout << "FAILED  " << test.name << " ("
                      << (WTERMSIG(status) == SIGALRM ? "hangs" : strsignal(WTERMSIG(status))) << ")\n";
        } else {
            failed++;
            std::cout << "FAILED  " << test.name << " (status " << WEXITSTATUS(status) << ")\n";
        }
    }
    no_faults();
    std::cout << passed << " passed, " << failed << " failed" << std::endl;
    return failed == 0 ? 0 : 1;
}

} // namespace

#endif
