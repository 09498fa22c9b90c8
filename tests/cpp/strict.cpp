// The header as old programs meet it: included twice, after headers whose macros are named like ordinary words (windows.h itself
// where it is, else the like), under every warning. Only compiled, in every C++ from 11 on; tests/cpp.sh says how.
#include <exception>
#include <functional>
#include <locale>
#include <memory>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

#ifdef _WIN32
#include <windows.h>
#else
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define ERROR 0
#define NO_ERROR 0L
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define DELETE (0x00010000L)
#define TRUE 1
#define FALSE 0
#define near
#define far
#define pascal
#define small char
#define hyper long
#define interface struct
#define GetMessage GetMessageA
#define GetObject GetObjectA
#define CreateFile CreateFileA
#endif
#define signals public
#define slots
#define emit
#define foreach for

#include <finaut.hpp>
#include <finaut.hpp>

#include "operations.hpp"

namespace {

// What a host does with it, so that the templates and inline functions are looked at too.
std::string uses(const std::string &config)
{
    finaut::client client(config);
    client.observe([](const std::string &event) { return event.empty() ? 1 : 0; });
    finaut::client moved(std::move(client));
    client = std::move(moved);
    std::string replies;
    for (const operation &operation : OPERATIONS) {
        try {
            replies += operation.call(client, "{}");
            replies += operation.call_without != nullptr ? operation.call_without(client) : std::string();
        } catch (const finaut::throttled_error &e) {
            replies += e.retry_after_s() > 0 ? e.message() : e.fields();
        } catch (const finaut::error &e) {
            replies += e.json();
        }
    }
    for (const std::string &page : client.pages("users.list")) {
        for (const std::string &user : finaut::json_items(page, "/results")) {
            for (const auto &member : finaut::json_members(user)) {
                replies += member.first + member.second;
            }
        }
    }
    replies += client.each_page("users.list", "{}", [](const std::string &page) { return finaut::json_count(page) > 0 ? 0 : 1; });
    replies = finaut::json_set_json(replies, "/c", "[]");
    client.interrupt();
    finaut::receiver receiver(client);
    finaut::receiver elsewhere(std::move(receiver));
    receiver = std::move(elsewhere);
    replies += receiver.status();
    return finaut::json_set(replies, "/a", finaut::json_get(replies, "/b", finaut::persnr_check(finaut::version())));
}

} // namespace

int main()
{
    return uses("{}").empty() ? 1 : 0;
}
