// finaut for C++11 and newer: a client that frees itself, std::string in and out, exceptions. It marshals, raises and releases;
// everything else is the library's, and finaut.h is its manual.
//
//     finaut::client client("{}"); // credentials from the environment, or in this JSON
//     std::string user = client.users().get("{\"employee_alias\": \"E1001\"}");
//     std::string name = finaut::json_get(user, "/last_name");
//     for (const std::string &company : finaut::json_items(client.companies().list(), "/results")) {
//         std::cout << finaut::json_get(company, "/navn") << "\n";
//     }
//
// Strings:    JSON and all other text is UTF-8, or what the configuration's "encoding" says. A string with a zero byte inside is
//             refused, not cut off.
// Errors:     whatever fails throws a finaut::error: a class of its own for each code, all of them std::runtime_errors.
// Threads:    any number of threads may call one client at once. Moving, assigning and destroying it is for one thread that
//             has it alone.
// Exceptions: are needed; this header does not compile with -fno-exceptions. finaut.h serves there.
// Linking:    -lfinaut; nothing else. Any number of translation units may include this header.
#ifndef FINAUT_HPP
#define FINAUT_HPP

#if !(__cplusplus >= 201103L || (defined(_MSC_VER) && _MSC_VER >= 1900))
#error "finaut.hpp needs C++11 or newer (-std=c++11); older programs include finaut.h"
#endif
#if (defined(__GNUC__) && !defined(__EXCEPTIONS)) || (defined(_MSC_VER) && !defined(_CPPUNWIND))
#error "finaut.hpp tells of errors by exceptions and cannot do without; programs without exceptions include finaut.h"
#endif

#include "finaut.h"

#include <cstddef>
#include <exception>
#include <functional>
#include <iterator>
#include <locale>
#include <memory>
#include <mutex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace finaut {

namespace detail {

/// A string that the library gave out.
typedef std::unique_ptr<char, void (*)(char *)> given;

inline const char *word(int number) noexcept;

/// One value of an error's JSON; empty where there is none. Never throws an error of its own.
inline std::string part(const std::string &json, const char *pointer)
{
    char *value = nullptr;
    const bool there = finaut_json_get(json.c_str(), pointer, &value) == FINAUT_OK;
    const given freed(value, finaut_string_free);
    return there && value != nullptr ? std::string(value) : std::string();
}

/// The same as a number. In no locale but JSON's: where a comma is the decimal sign, strtod stops at the point.
template <typename Number> Number number(const std::string &json, const char *pointer, Number absent)
{
    std::istringstream text(part(json, pointer));
    text.imbue(std::locale::classic());
    Number value = absent;
    return text >> value ? value : absent;
}

/// What an error says. In a child that may not use the library its JSON cannot be read either, and has to do as it is.
inline std::string message(const std::string &json)
{
    const std::string text = part(json, "/message");
    return text.empty() ? json : text;
}

} // namespace detail

/// What went wrong, and what to do. Copies share their texts, so copying never fails.
class error : public std::runtime_error {
public:
    /// From a FINAUT_E_ number and the error's JSON.
    error(int number, const std::string &json)
        : std::runtime_error(detail::message(json)), parts_(std::make_shared<const parts>(number, json))
    {
    }

    /// The FINAUT_E_ number, for a switch.
    int number() const noexcept { return parts_->number; }
    /// The stable word, as "not_found".
    const std::string &code() const noexcept { return parts_->code; }
    /// What happened and what to do; the same as what().
    const std::string &message() const noexcept { return parts_->message; }
    /// The operation that was called, as "users.get"; empty if none was.
    const std::string &operation() const noexcept { return parts_->operation; }
    /// Method and path of the request that failed, without its query; empty if none did.
    const std::string &request() const noexcept { return parts_->request; }
    /// The status that the server answered with; 0 if none.
    int http_status() const noexcept { return parts_->http_status; }
    /// In how many seconds the same call can succeed; -1 if that is not known.
    double retry_after_s() const noexcept { return parts_->retry_after_s; }
    /// Which of the call's arguments were refused and why, as {"department": ["..."]}; {} if none was. A field that no argument stands for
    /// has the server's name.
    const std::string &fields() const noexcept { return parts_->fields; }
    /// The same as the server names it, as {"work_for.department": ["..."]}; {} unless the server refused the values.
    const std::string &server_fields() const noexcept { return parts_->server_fields; }
    /// What was sent for the arguments in fields(), without identity numbers and secrets, as {"department": 999999}; {} if nothing was.
    const std::string &values() const noexcept { return parts_->values; }
    /// The server's X-Correlation-Id, for questions to Norsk Test; empty if it gave none.
    const std::string &correlation_id() const noexcept { return parts_->correlation_id; }
    /// All of it, as the library told it.
    const std::string &json() const noexcept { return parts_->json; }

private:
    struct parts {
        parts(int its_number, const std::string &its_json)
            : number(its_number), json(its_json), code(detail::part(json, "/code")), message(detail::message(json)),
              operation(detail::part(json, "/operation")), request(detail::part(json, "/request")),
              http_status(detail::number(json, "/http_status", 0)),
              retry_after_s(detail::number(json, "/retry_after_s", -1.0)), fields(object(json, "/fields")),
              server_fields(object(json, "/server_fields")), values(object(json, "/values")),
              correlation_id(detail::part(json, "/correlation_id"))
        {
            if (code.empty()) {
                code = detail::word(number);
            }
        }

        static std::string object(const std::string &json, const char *pointer)
        {
            const std::string part = detail::part(json, pointer);
            return part.empty() ? "{}" : part;
        }

        int number;
        std::string json;
        std::string code;
        std::string message;
        std::string operation;
        std::string request;
        int http_status;
        double retry_after_s;
        std::string fields;
        std::string server_fields;
        std::string values;
        std::string correlation_id;
    };

    std::shared_ptr<const parts> parts_;
};

// -- errors: made by cargo xtask generate --

/// An argument of the call is missing, unknown, of the wrong type, or no JSON. Nothing was sent. (FINAUT_E_ARGUMENT)
class argument_error : public error {
public:
    using error::error;
};

/// The client or receiver is closed: its handle is NULL, freed, or none of this library's. (FINAUT_E_HANDLE)
class handle_error : public error {
public:
    using error::error;
};

/// The configuration cannot be used. (FINAUT_E_CONFIG)
class config_error : public error {
public:
    using error::error;
};

/// A value is refused, before sending or by the server (status 400, 409 or 422); "fields" says which.
/// (FINAUT_E_VALIDATION)
class validation_error : public error {
public:
    using error::error;
};

/// The server does not accept the credentials or the token. (FINAUT_E_AUTHENTICATION)
class authentication_error : public error {
public:
    using error::error;
};

/// The account may not do this (status 403). (FINAUT_E_PERMISSION)
class permission_error : public error {
public:
    using error::error;
};

/// There is no such object, or the account may not see it. (FINAUT_E_NOT_FOUND)
class not_found_error : public error {
public:
    using error::error;
};

/// Several persons match, or several companies, departments or franchises have the name. (FINAUT_E_AMBIGUOUS)
class ambiguous_error : public error {
public:
    using error::error;
};

/// No request may be sent soon enough; "retry_after_s" says when one may. (FINAUT_E_THROTTLED)
class throttled_error : public error {
public:
    using error::error;
};

/// The server failed (status 5xx), or refused in a way that has no code of its own. (FINAUT_E_SERVER)
class server_error : public error {
public:
    using error::error;
};

/// The server could not be reached, or the connection broke. (FINAUT_E_NETWORK)
class network_error : public error {
public:
    using error::error;
};

/// Something was sent and nobody knows whether it took effect; the message says what to check. (FINAUT_E_UNKNOWN_OUTCOME)
class unknown_outcome_error : public error {
public:
    using error::error;
};

/// The answer is not what FinAut would send: a proxy's page, half a body, too much of it. (FINAUT_E_PROTOCOL)
class protocol_error : public error {
public:
    using error::error;
};

/// The host interrupted the call, from another thread or through its observer. (FINAUT_E_INTERRUPTED)
class interrupted_error : public error {
public:
    using error::error;
};

/// The state file cannot be used, or this program or machine lacks something: descriptors, threads, memory, disk.
/// (FINAUT_E_STATE)
class state_error : public error {
public:
    using error::error;
};

/// This is a forked child in which the client cannot be used safely. (FINAUT_E_FORKED)
class forked_error : public error {
public:
    using error::error;
};

/// There is a mistake in this library; please report the message. (FINAUT_E_INTERNAL)
class internal_error : public error {
public:
    using error::error;
};

/// Nothing could be done because a rail of the sync holds it, until a person has approved it. (FINAUT_E_HELD)
class held_error : public error {
public:
    using error::error;
};

/// It is older than it may be: the last completed run of a sync, or a plan. (FINAUT_E_STALE)
class stale_error : public error {
public:
    using error::error;
};

/// Another sync of the account is under way; "retry_after_s" says when to call again. (FINAUT_E_BUSY)
class busy_error : public error {
public:
    using error::error;
};

namespace detail {

/// The stable word of a FINAUT_E_ number.
inline const char *word(int number) noexcept
{
    switch (number) {
    case FINAUT_E_ARGUMENT:
        return "argument";
    case FINAUT_E_HANDLE:
        return "handle";
    case FINAUT_E_CONFIG:
        return "config";
    case FINAUT_E_VALIDATION:
        return "validation";
    case FINAUT_E_AUTHENTICATION:
        return "authentication";
    case FINAUT_E_PERMISSION:
        return "permission";
    case FINAUT_E_NOT_FOUND:
        return "not_found";
    case FINAUT_E_AMBIGUOUS:
        return "ambiguous";
    case FINAUT_E_THROTTLED:
        return "throttled";
    case FINAUT_E_SERVER:
        return "server";
    case FINAUT_E_NETWORK:
        return "network";
    case FINAUT_E_UNKNOWN_OUTCOME:
        return "unknown_outcome";
    case FINAUT_E_PROTOCOL:
        return "protocol";
    case FINAUT_E_INTERRUPTED:
        return "interrupted";
    case FINAUT_E_STATE:
        return "state";
    case FINAUT_E_FORKED:
        return "forked";
    case FINAUT_E_INTERNAL:
        return "internal";
    case FINAUT_E_HELD:
        return "held";
    case FINAUT_E_STALE:
        return "stale";
    case FINAUT_E_BUSY:
        return "busy";
    default:
        return "unknown";
    }
}

/// Throws the class of a FINAUT_E_ number.
[[noreturn]] inline void raise(int number, const std::string &json)
{
    switch (number) {
    case FINAUT_E_ARGUMENT:
        throw argument_error(number, json);
    case FINAUT_E_HANDLE:
        throw handle_error(number, json);
    case FINAUT_E_CONFIG:
        throw config_error(number, json);
    case FINAUT_E_VALIDATION:
        throw validation_error(number, json);
    case FINAUT_E_AUTHENTICATION:
        throw authentication_error(number, json);
    case FINAUT_E_PERMISSION:
        throw permission_error(number, json);
    case FINAUT_E_NOT_FOUND:
        throw not_found_error(number, json);
    case FINAUT_E_AMBIGUOUS:
        throw ambiguous_error(number, json);
    case FINAUT_E_THROTTLED:
        throw throttled_error(number, json);
    case FINAUT_E_SERVER:
        throw server_error(number, json);
    case FINAUT_E_NETWORK:
        throw network_error(number, json);
    case FINAUT_E_UNKNOWN_OUTCOME:
        throw unknown_outcome_error(number, json);
    case FINAUT_E_PROTOCOL:
        throw protocol_error(number, json);
    case FINAUT_E_INTERRUPTED:
        throw interrupted_error(number, json);
    case FINAUT_E_STATE:
        throw state_error(number, json);
    case FINAUT_E_FORKED:
        throw forked_error(number, json);
    case FINAUT_E_INTERNAL:
        throw internal_error(number, json);
    case FINAUT_E_HELD:
        throw held_error(number, json);
    case FINAUT_E_STALE:
        throw stale_error(number, json);
    case FINAUT_E_BUSY:
        throw busy_error(number, json);
    default: // a library that is newer than this header
        throw error(number, json);
    }
}

} // namespace detail

// -- end of errors --

namespace detail {

/// An error about which the library was not asked, or told nothing but its number. The message is JSON already: no quotes in it.
[[noreturn]] inline void fail(int number, const std::string &message)
{
    raise(number, std::string("{\"code\": \"") + word(number) + "\", \"message\": \"" + message + "\"}");
}

/// Takes what a function of the library gave: the reply on success; throws otherwise.
inline std::string received(int32_t number, char *reply)
{
    const given freed(reply, finaut_string_free);
    if (number != FINAUT_OK && reply == nullptr) {
        fail(number, "The finaut library failed without telling why; its memory may be used up.");
    }
    if (number != FINAUT_OK) {
        raise(number, reply);
    }
    return reply != nullptr ? std::string(reply) : std::string();
}

/// The same of a function that has no reply.
inline void succeeded(int32_t number, const char *function)
{
    if (number != FINAUT_OK) {
        fail(number, std::string(function) + " failed: " + word(number) + ". What that means is said in finaut.h.");
    }
}

/// A string as C has them; throws where C would see its end too early.
inline const char *c_string(const std::string &text, const char *name)
{
    const std::string::size_type zero = text.find('\0');
    if (zero != std::string::npos) {
        std::ostringstream message;
        message.imbue(std::locale::classic());
        message << name << ": has a zero byte at position " << zero << ", where the library would see its end. Nothing was sent.";
        fail(FINAUT_E_ARGUMENT, message.str());
    }
    return text.c_str();
}

} // namespace detail

/// Reads one value of a JSON text: a string without its quotes, anything else as JSON. See finaut_json_get.
///
/// Throws not_found_error where nothing is, argument_error if it is no JSON or no pointer.
inline std::string json_get(const std::string &json, const std::string &pointer)
{
    char *value = nullptr;
    const int32_t number = finaut_json_get(detail::c_string(json, "json"), detail::c_string(pointer, "pointer"), &value);
    return detail::received(number, value);
}

/// The same, with what to give where nothing is.
inline std::string json_get(const std::string &json, const std::string &pointer, const std::string &otherwise)
{
    char *value = nullptr;
    const int32_t number = finaut_json_get(detail::c_string(json, "json"), detail::c_string(pointer, "pointer"), &value);
    if (number == FINAUT_E_NOT_FOUND) {
        finaut_string_free(value);
        return otherwise;
    }
    return detail::received(number, value);
}

/// Gives a JSON text with a string written into it; "" is an empty object. See finaut_json_set.
///
/// Throws argument_error.
inline std::string json_set(const std::string &json, const std::string &pointer, const std::string &string)
{
    char *out = nullptr;
    const int32_t number = finaut_json_set(detail::c_string(json, "json"), detail::c_string(pointer, "pointer"),
                                           detail::c_string(string, "string"), &out);
    return detail::received(number, out);
}

/// The same with any JSON in the place of the string: a number, a list, an object. See finaut_json_set_json.
///
/// Throws argument_error.
inline std::string json_set_json(const std::string &json, const std::string &pointer, const std::string &value_json)
{
    char *out = nullptr;
    const int32_t number = finaut_json_set_json(detail::c_string(json, "json"), detail::c_string(pointer, "pointer"),
                                                detail::c_string(value_json, "value_json"), &out);
    return detail::received(number, out);
}

/// Counts the items of a list, or the members of an object. See finaut_json_count.
///
/// Throws not_found_error where nothing is, argument_error for what is neither of them, if it is no JSON or no pointer.
inline int64_t json_count(const std::string &json, const std::string &pointer = "")
{
    int64_t count = 0;
    char *failure = nullptr;
    const int32_t number =
        finaut_json_count(detail::c_string(json, "json"), detail::c_string(pointer, "pointer"), &count, &failure);
    detail::received(number, failure);
    return count;
}

namespace detail {

/// The next item of a cursor; false at its end.
inline bool next(finaut_json_cursor *items, std::string &item)
{
    char *text = nullptr;
    const int32_t number = finaut_json_next(items, &text);
    if (number == FINAUT_E_NOT_FOUND) {
        return false;
    }
    item = received(number, text);
    return true;
}

/// The next member of an object: its name and its value.
inline bool next(finaut_json_cursor *members, std::pair<std::string, std::string> &member)
{
    char *name = nullptr;
    char *text = nullptr;
    const int32_t number = finaut_json_member(members, &name, &text);
    const given freed(name, finaut_string_free);
    if (number == FINAUT_E_NOT_FOUND) {
        return false;
    }
    member.second = received(number, text);
    member.first = name != nullptr ? name : "";
    return true;
}

/// What a range is gone through with: once, from the beginning to the end.
template <typename Source, typename Item> class single_pass {
public:
    typedef std::input_iterator_tag iterator_category;
    typedef Item value_type;
    typedef std::ptrdiff_t difference_type;
    typedef const Item *pointer;
    typedef const Item &reference;

    /// The end.
    single_pass() : source_(nullptr), item_() {}
    explicit single_pass(Source *source) : source_(source), item_() { ++*this; }
    single_pass(const single_pass &) = default;
    single_pass(single_pass &&) = default;
    single_pass &operator=(const single_pass &) = default;
    single_pass &operator=(single_pass &&) = default;
    ~single_pass() = default;

    reference operator*() const noexcept { return item_; }
    pointer operator->() const noexcept { return &item_; }
    single_pass &operator++()
    {
        if (source_ != nullptr && !next(source_, item_)) {
            source_ = nullptr;
        }
        return *this;
    }
    single_pass operator++(int)
    {
        single_pass before(*this);
        ++*this;
        return before;
    }
    /// Only the end is told from what is before it.
    friend bool operator==(const single_pass &a, const single_pass &b) noexcept { return a.source_ == b.source_; }
    friend bool operator!=(const single_pass &a, const single_pass &b) noexcept { return !(a == b); }

private:
    Source *source_;
    Item item_;
};

/// A list or an object in a JSON text.
template <typename Item> class json_range {
public:
    typedef single_pass<finaut_json_cursor, Item> iterator;
    typedef iterator const_iterator;
    typedef Item value_type;

    json_range(const std::string &json, const std::string &pointer) : items_(nullptr, finaut_json_cursor_free)
    {
        finaut_json_cursor *made = nullptr;
        char *failure = nullptr;
        const int32_t number = finaut_json_items(c_string(json, "json"), c_string(pointer, "pointer"), &made, &failure);
        items_.reset(made);
        received(number, failure);
    }

    /// Goes on where another loop has stopped: a range is gone through once.
    iterator begin() { return iterator(items_.get()); }
    iterator end() { return iterator(); }

private:
    std::unique_ptr<finaut_json_cursor, void (*)(finaut_json_cursor *)> items_;
};

} // namespace detail

/// The items of a list, or the values of an object: strings without their quotes, anything else as JSON. See finaut_json_items.
///
///     for (const std::string &user : finaut::json_items(reply, "/results")) { ... }
///
/// It takes time in proportion to the text's length, where a json_get for each row would read the text from its beginning. The
/// text may be gone before the range. A range is gone through once, by one thread.
///
/// Throws not_found_error where nothing is, argument_error for what is neither a list nor an object, if it is no JSON or no pointer;
/// while it is gone through, argument_error for a string that has a zero character.
class json_items : public detail::json_range<std::string> {
public:
    explicit json_items(const std::string &json, const std::string &pointer = "") : json_range(json, pointer) {}
};

/// The members of an object, each as a pair of name and value; otherwise as json_items. See finaut_json_member.
///
///     for (const auto &field : finaut::json_members(e.fields())) { std::cerr << field.first << ": " << field.second << "\n"; }
class json_members : public detail::json_range<std::pair<std::string, std::string>> {
public:
    explicit json_members(const std::string &json, const std::string &pointer = "") : json_range(json, pointer) {}
};

/// Checks an identity number without any request; gives {"valid", "kind", ...}. See finaut_persnr_check.
inline std::string persnr_check(const std::string &persnr)
{
    char *reply = nullptr;
    const int32_t number = finaut_persnr_check(detail::c_string(persnr, "persnr"), &reply);
    return detail::received(number, reply);
}

/// All operations with their arguments. See finaut_operations.
inline std::string operations()
{
    char *reply = nullptr;
    const int32_t number = finaut_operations(&reply);
    return detail::received(number, reply);
}

/// The loaded library's version, as "0.1.0".
inline std::string version()
{
    return finaut_version();
}

/// Is told of what happens during a call (see finaut_observer): returns 0 to go on, anything else to end the call with an
/// interrupted_error. An exception that it throws ends the call too, and comes out of the call: always, so also if a change that
/// was on its way to the server was finished first.
typedef std::function<int(const std::string &event_json)> observer;

/// Is given a page of a listing, {"count", "next_page", "results"} (see finaut_call_pages): returns 0 to go on, anything else to end
/// the call with an interrupted_error. An exception that it throws ends the call too, and comes out of the call.
typedef std::function<int(const std::string &page_json)> page_reader;

namespace detail {

/// A call under way on this thread, and what its observer threw.
class call_under_way {
public:
    call_under_way() : outer_(innermost()), thrown_() { innermost() = this; }
    ~call_under_way() { innermost() = outer_; }
    call_under_way(const call_under_way &) = delete;
    call_under_way &operator=(const call_under_way &) = delete;

    /// An observer may call the library, and that call has an observer too.
    static call_under_way *&innermost() noexcept
    {
        static thread_local call_under_way *call = nullptr;
        return call;
    }

    bool has_thrown() const noexcept { return thrown_ != nullptr; }
    void keep_exception() noexcept { thrown_ = std::current_exception(); }
    void rethrow() const
    {
        if (thrown_ != nullptr) {
            std::rethrow_exception(thrown_);
        }
    }

private:
    call_under_way *outer_;
    std::exception_ptr thrown_;
};

extern "C" inline int32_t finaut_hpp_told(const char *event_json, void *user_data);

/// A handle and who is told of its calls. Calls under way keep it, so that it outlives a client that is destroyed meanwhile.
class account {
public:
    explicit account(const std::string &config_json) : handle_(nullptr, finaut_client_free), observer_(), changing_()
    {
        if (finaut_abi_version() != FINAUT_ABI_VERSION) {
            std::ostringstream message;
            message.imbue(std::locale::classic());
            message << "The finaut library " << finaut_version() << " has interface " << finaut_abi_version()
                    << ", this program was made for " << FINAUT_ABI_VERSION << ". Install a matching one.";
            fail(FINAUT_E_CONFIG, message.str());
        }
        finaut_client *made = nullptr;
        char *reply = nullptr;
        const int32_t number = finaut_client_new(c_string(config_json, "config_json"), &made, &reply);
        handle_.reset(made);
        received(number, reply);
    }

    finaut_client *handle() const noexcept { return handle_.get(); }
    /// A handle may be freed twice, and used after that: it is a number that is looked up.
    void close() noexcept { finaut_client_free(handle()); }

    void observe(observer told)
    {
        // The former one is destroyed after the lock is free: what it holds may do anything then.
        auto changed = told ? std::make_shared<const observer>(std::move(told)) : nullptr;
        const std::lock_guard<std::mutex> alone(changing_);
        observer_.swap(changed);
        succeeded(finaut_client_observe(handle(), observer_ ? finaut_hpp_told : nullptr, this), "finaut_client_observe");
    }

    int tell(const char *event_json)
    {
        std::shared_ptr<const observer> told;
        {
            const std::lock_guard<std::mutex> alone(changing_);
            told = observer_;
        }
        return told ? (*told)(event_json) : 0;
    }

private:
    std::unique_ptr<finaut_client, void (*)(finaut_client *)> handle_;
    std::shared_ptr<const observer> observer_;
    std::mutex changing_;
};

/// The library's callback. No exception goes on into the library.
extern "C" inline int32_t finaut_hpp_told(const char *event_json, void *user_data)
{
    call_under_way *const call = call_under_way::innermost();
    if (call != nullptr && call->has_thrown()) {
        return 1;
    }
    try {
        return static_cast<account *>(user_data)->tell(event_json);
    } catch (...) {
        if (call != nullptr) {
            call->keep_exception();
        }
        return 1;
    }
}

/// Who is given the pages of a call.
struct reading_pages {
    reading_pages(call_under_way &its_call, const page_reader &its_reader) : call(its_call), reader(its_reader) {}

    call_under_way &call;
    const page_reader &reader;
};

/// The library's other callback, likewise.
extern "C" inline int32_t finaut_hpp_page(const char *page_json, void *user_data)
{
    reading_pages *const reading = static_cast<reading_pages *>(user_data);
    if (reading->call.has_thrown()) {
        return 1;
    }
    try {
        return reading->reader(page_json);
    } catch (...) {
        reading->call.keep_exception();
        return 1;
    }
}

/// How every operation is called.
class caller {
public:
    explicit caller(const std::string &config_json) : account_(std::make_shared<account>(config_json)) {}

    std::string operator()(const char *operation, const std::string &args_json) const
    {
        const std::shared_ptr<account> kept = get();
        const char *const args = c_string(args_json, "args_json");
        call_under_way call;
        char *reply = nullptr;
        const int32_t number = finaut_call(kept->handle(), operation, args, &reply);
        given freed(reply, finaut_string_free);
        call.rethrow();
        return received(number, freed.release());
    }

    /// The same of a listing, page by page.
    std::string operator()(const char *operation, const std::string &args_json, const page_reader &on_page) const
    {
        const std::shared_ptr<account> kept = get();
        const char *const args = c_string(args_json, "args_json");
        call_under_way call;
        reading_pages reading(call, on_page);
        char *reply = nullptr;
        const int32_t number = finaut_call_pages(kept->handle(), operation, args, finaut_hpp_page, &reading, &reply);
        given freed(reply, finaut_string_free);
        call.rethrow();
        return received(number, freed.release());
    }

    /// Throws handle_error after the client was moved away.
    const std::shared_ptr<account> &get() const
    {
        if (!account_) {
            fail(FINAUT_E_HANDLE, "This finaut::client was moved from. Use the one that it was moved to. Nothing was sent.");
        }
        return account_;
    }

    void close() noexcept
    {
        if (account_) {
            account_->close();
        }
    }

private:
    std::shared_ptr<account> account_;
};

/// The pages of a listing that were not asked for yet.
class pages_left {
public:
    pages_left(const caller &call, const std::string &operation, const std::string &args_json)
        : call_(call), operation_(operation), args_(args_json), page_(json_get(args_json, "/page", "1")), seen_()
    {
        if (page_ == "null") {
            page_ = "1";
        }
    }

    bool next(std::string &page)
    {
        if (page_ == "null") {
            return false;
        }
        // The library sees one page at a time: only here is it known that they lead in a circle.
        if (!seen_.insert(page_).second) {
            fail(FINAUT_E_PROTOCOL, "The pages of " + operation_ + " lead back to one that was read before, so they have no end.");
        }
        page = call_(operation_.c_str(), json_set(args_, "/page", page_));
        page_ = json_get(page, "/next_page", "null");
        return true;
    }

private:
    caller call_;
    std::string operation_;
    std::string args_;
    std::string page_;
    std::set<std::string> seen_;
};

inline bool next(pages_left *pages, std::string &page)
{
    return pages->next(page);
}

} // namespace detail

/// The pages of a listing, from client::pages.
class page_range {
public:
    typedef detail::single_pass<detail::pages_left, std::string> iterator;
    typedef iterator const_iterator;
    typedef std::string value_type;

    page_range(const detail::caller &call, const std::string &operation, const std::string &args_json)
        : pages_(new detail::pages_left(call, operation, args_json))
    {
    }

    /// Goes on where another loop has stopped: a range is gone through once.
    iterator begin() { return iterator(pages_.get()); }
    iterator end() { return iterator(); }

private:
    std::unique_ptr<detail::pages_left> pages_;
};

// -- groups: made by cargo xtask generate --

// A person is named by exactly one of id, persnr, employee_alias, encrypted_user_id. Every operation also takes
// max_wait_s, priority, fresh, job, call_id. All of them are described in finaut.h, where users.get is finaut_users_get.
// A group that is used after its client has gone throws handle_error.

/// The operations users.*, from client::users().
class users_operations {
public:
    explicit users_operations(const detail::caller &call) : call_(call) {}

    /// Lists the users that the account may see, or those that match.
    /// A list of all costs one request for each 100 users. If users are added or removed while the list is read, the pages
    ///     that shifted may be read again (at most a tenth of them and 2), and "missing" in the reply says how many users may
    ///     still be missing.
    /// args_json: a person?, page?.
    ///     {"employee_alias": "E1001"}
    /// Gives {"count", "next_page", "results": [user, ...]}.
    /// Reply: UserList (docs/objects.md).
    std::string list(const std::string &args_json = "{}") const { return call_("users.list", args_json); }

    /// Retrieves one user.
    /// args_json: a person.
    ///     {"id": 590496}
    /// Gives the user. Throws not_found_error, ambiguous_error, or what any operation can.
    /// Reply: User (docs/objects.md).
    std::string get(const std::string &args_json) const { return call_("users.get", args_json); }

    /// Creates a user with any roles.
    /// Exactly one is created, also when the connection breaks. A number that is registered already is refused, with "persnr"
    ///     in "fields". A company, department or franchise that is named is looked up in the remembered lists before anything
    ///     is sent; a name that is not there, or that several have, is refused with those that there are.
    /// args_json: persnr, first_name, last_name, company, department, franchise?, email?, mobile?, employee_alias?, roles.
    ///     {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2, "roles":
    ///     ["afr_ka", "afr_ba"]}
    /// Gives the new user. Throws ambiguous_error, unknown_outcome_error, or what any operation can.
    /// Reply: User (docs/objects.md).
    std::string create(const std::string &args_json) const { return call_("users.create", args_json); }

    /// Creates a candidate, signed up to one or more schemes.
    /// As users.create, with the role ka in each scheme.
    /// args_json: persnr, first_name, last_name, company, department, franchise?, email?, mobile?, employee_alias?, schemes.
    ///     {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2, "schemes":
    ///     ["afr"]}
    /// Gives the new user. Throws ambiguous_error, unknown_outcome_error, or what any operation can.
    /// Reply: User (docs/objects.md).
    std::string create_candidate(const std::string &args_json) const { return call_("users.create_candidate", args_json); }

    /// Creates a BA (bedriftsansvarlig), who administers candidates.
    /// As users.create, with the role ba in each scheme.
    /// args_json: persnr, first_name, last_name, company, department, franchise?, email?, mobile?, employee_alias?, schemes.
    ///     {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2, "schemes":
    ///     ["afr"]}
    /// Gives the new user. Throws ambiguous_error, unknown_outcome_error, or what any operation can.
    /// Reply: User (docs/objects.md).
    std::string create_ba(const std::string &args_json) const { return call_("users.create_ba", args_json); }

    /// Creates a TL (testleder), who gives candidates access to an exam.
    /// As users.create, with the role tl in each scheme.
    /// args_json: persnr, first_name, last_name, company, department, franchise?, email?, mobile?, employee_alias?, schemes.
    ///     {"persnr": "01819010001", "first_name": "Kari", "last_name": "Nordmann", "company": 1, "department": 2, "schemes":
    ///     ["afr"]}
    /// Gives the new user. Throws ambiguous_error, unknown_outcome_error, or what any operation can.
    /// Reply: User (docs/objects.md).
    std::string create_tl(const std::string &args_json) const { return call_("users.create_tl", args_json); }

    /// Changes a user's demographic data.
    /// One request for a person whose user id is known or remembered, two otherwise; new roles cost one more, as they are
    ///     read before they are written. An unknown name in "changes" is refused. The reply's "warnings" tell what the server
    ///     does not show as it was sent.
    /// args_json: a person, changes.
    ///     {"id": 590496, "changes": {"email": "kari@example.no"}}
    /// Gives the changed user. Throws not_found_error, ambiguous_error, or what any operation can.
    /// Reply: User (docs/objects.md).
    std::string update(const std::string &args_json) const { return call_("users.update", args_json); }

    /// Gives a user an additional role.
    /// Reads the user's roles and writes them back with the new one; a role that is there already costs no second request.
    ///     Calls for one person wait for each other, in all processes that share the state.
    /// args_json: a person, role.
    ///     {"id": 590496, "role": "afr_ba"}
    /// Gives the user. Throws not_found_error, ambiguous_error, or what any operation can.
    /// Reply: User (docs/objects.md).
    std::string add_role(const std::string &args_json) const { return call_("users.add_role", args_json); }

    /// Signs a candidate up to one or more schemes.
    /// As users.add_role, with the role ka in each scheme. Where the roles are all there already, the latest status is looked
    ///     up instead, without a request where everybody's were read within 15 minutes: if the person is withdrawn or on
    ///     hold, the reply's last member "warnings", a list of {"code", "message"}, says so.
    /// args_json: a person, schemes.
    ///     {"id": 590496, "schemes": ["krd", "gos"]}
    /// Gives the user. Throws not_found_error, ambiguous_error, or what any operation can.
    /// Reply: User (docs/objects.md).
    std::string enroll(const std::string &args_json) const { return call_("users.enroll", args_json); }

    /// Moves a user to another department.
    /// Without "company", the department's own company is looked up (and remembered).
    /// args_json: a person, department, company?, franchise?.
    ///     {"id": 590496, "department": 2266}
    /// Gives the user. Throws not_found_error, ambiguous_error, or what any operation can.
    /// Reply: User (docs/objects.md).
    std::string move(const std::string &args_json) const { return call_("users.move", args_json); }

    /// Sees to it that FinAut has one person as HR has them: creates, changes, or does nothing.
    /// Compares as the nightly sync does: spaces, composition, the case of e-mail addresses, +47 and a lost first zero make
    ///     no difference, and what is not given stays as it is. The person is looked up by persnr, and only where nobody has
    ///     that by employee_alias; a change is one request more, and so is a creation. It never puts anybody on hold,
    ///     withdraws them, takes a role away, or moves them between companies. Where it is not certain who the person is, or
    ///     another user has the alias, it is refused and nothing is written. Calling it twice changes nothing the second
    ///     time. Whether somebody who has a role is withdrawn is not looked up; users.enroll tells.
    /// args_json: persnr?, employee_alias?, first_name?, last_name?, email?, mobile?, company?, department?, franchise?,
    ///     schemes?, roles?, start_date?, end_date?, status?, confidential?, fields?, dry_run?.
    ///     {"persnr": "01819010001", "employee_alias": "E1015", "first_name": "Kari", "last_name": "Nordmann", "department":
    ///     {"name": "Rådgivning Øst"}, "schemes": ["afr"]}
    /// Gives {"did": nothing, created, updated, would_create or would_update, "changes": {field: [before, after], ...,
    ///     "roles": {"add": [...]}}, "user": the user, or null}. Throws ambiguous_error, unknown_outcome_error, or what any
    ///     operation can.
    /// Reply: EnsuredUser (docs/objects.md).
    std::string ensure(const std::string &args_json = "{}") const { return call_("users.ensure", args_json); }

    /// Sets a user on hold in a scheme.
    /// Active statuses are set by FinAut's own processes and cannot be set here.
    /// args_json: a person, scheme, date?, comment?, set_by?.
    ///     {"id": 590496, "scheme": "afr", "comment": "parental leave"}
    /// Gives the new user status. Throws not_found_error, ambiguous_error, unknown_outcome_error, or what any operation can.
    /// Reply: UserStatus (docs/objects.md).
    std::string hold(const std::string &args_json) const { return call_("users.hold", args_json); }

    /// Withdraws a user from a scheme.
    /// args_json: a person, scheme, date?, comment?, set_by?.
    ///     {"id": 590496, "scheme": "afr", "date": "2026-12-31"}
    /// Gives the new user status. Throws not_found_error, ambiguous_error, unknown_outcome_error, or what any operation can.
    /// Reply: UserStatus (docs/objects.md).
    std::string withdraw(const std::string &args_json) const { return call_("users.withdraw", args_json); }

private:
    detail::caller call_;
};

/// The operations companies.*, from client::companies().
class companies_operations {
public:
    explicit companies_operations(const detail::caller &call) : call_(call) {}

    /// Lists the companies that the account may see.
    /// Remembered for the configuration's cache_s unless "page" or "fresh" is given.
    /// args_json: page?.
    /// Gives {"count", "next_page", "results": [company, ...]}.
    /// Reply: CompanyList (docs/objects.md).
    std::string list(const std::string &args_json = "{}") const { return call_("companies.list", args_json); }

    /// Retrieves one company.
    /// Remembered for the configuration's cache_s unless "fresh" is given.
    /// args_json: id.
    ///     {"id": 2265}
    /// Gives the company. Throws not_found_error, or what any operation can.
    /// Reply: Company (docs/objects.md).
    std::string get(const std::string &args_json) const { return call_("companies.get", args_json); }

private:
    detail::caller call_;
};

/// The operations departments.*, from client::departments().
class departments_operations {
public:
    explicit departments_operations(const detail::caller &call) : call_(call) {}

    /// Lists the departments that the account may see, or those of one company.
    /// Remembered for the configuration's cache_s unless "page" or "fresh" is given.
    /// args_json: company?, page?.
    ///     {"company": 2265}
    /// Gives {"count", "next_page", "results": [department, ...]}.
    /// Reply: DepartmentList (docs/objects.md).
    std::string list(const std::string &args_json = "{}") const { return call_("departments.list", args_json); }

    /// Retrieves one department.
    /// Remembered for the configuration's cache_s unless "fresh" is given.
    /// args_json: id.
    ///     {"id": 2266}
    /// Gives the department. Throws not_found_error, or what any operation can.
    /// Reply: Department (docs/objects.md).
    std::string get(const std::string &args_json) const { return call_("departments.get", args_json); }

private:
    detail::caller call_;
};

/// The operations schemes.*, from client::schemes().
class schemes_operations {
public:
    explicit schemes_operations(const detail::caller &call) : call_(call) {}

    /// Lists the authorisation schemes.
    /// Remembered for the configuration's cache_s unless "fresh" is given.
    /// args_json: none of its own.
    /// Gives {"count", "next_page", "results": [scheme, ...]}.
    /// Reply: SchemeList (docs/objects.md).
    std::string list(const std::string &args_json = "{}") const { return call_("schemes.list", args_json); }

private:
    detail::caller call_;
};

/// The operations userstatus.*, from client::userstatus().
class userstatus_operations {
public:
    explicit userstatus_operations(const detail::caller &call) : call_(call) {}

    /// Lists the status history: every change is a record of its own.
    /// args_json: a person?, scheme?, page?.
    ///     {"id": 590496, "scheme": "afr"}
    /// Gives {"count", "next_page", "results": [user status, ...]}. Throws not_found_error, ambiguous_error, or what any
    ///     operation can.
    /// Reply: UserStatusList (docs/objects.md).
    std::string list(const std::string &args_json = "{}") const { return call_("userstatus.list", args_json); }

    /// Lists the current status in each scheme.
    /// That of everybody is kept here: it is read once, and then brought up to date with the end of the history, by one
    ///     request on a day without changes; "as_of" says when. A reading that ends early, by an error or with its process,
    ///     is gone on with by the next call. With "fresh" it is read anew.
    /// args_json: a person?, scheme?, page?.
    ///     {"id": 590496, "scheme": "afr"}
    /// Gives {"count", "next_page", "results": [user status, ...]}; of everybody also "as_of". Throws not_found_error,
    ///     ambiguous_error, or what any operation can.
    /// Reply: UserStatusList (docs/objects.md).
    std::string latest(const std::string &args_json = "{}") const { return call_("userstatus.latest", args_json); }

    /// Retrieves one user status.
    /// args_json: id.
    ///     {"id": 77}
    /// Gives the user status. Throws not_found_error, or what any operation can.
    /// Reply: UserStatus (docs/objects.md).
    std::string get(const std::string &args_json) const { return call_("userstatus.get", args_json); }

    /// Creates a user status from the server's own fields.
    /// users.hold and users.withdraw do the same for a person named in any way.
    /// args_json: appname, user, status, reason?, status_set_by?, status_date?, comment?.
    ///     {"appname": "afr", "user": 590496, "status": "hvilende"}
    /// Gives the new user status. Throws not_found_error, unknown_outcome_error, or what any operation can.
    /// Reply: UserStatus (docs/objects.md).
    std::string create(const std::string &args_json) const { return call_("userstatus.create", args_json); }

private:
    detail::caller call_;
};

/// The operations results.*, from client::results().
class results_operations {
public:
    explicit results_operations(const detail::caller &call) : call_(call) {}

    /// Lists exam results: all, one person's, or those created from a date on.
    /// args_json: a person?, from_date?, page?.
    ///     {"from_date": "2026-11-01"}
    /// Gives {"count", "next_page", "results": [result, ...]}. Throws not_found_error, ambiguous_error, or what any operation
    ///     can.
    /// Reply: ResultList (docs/objects.md).
    std::string list(const std::string &args_json = "{}") const { return call_("results.list", args_json); }

    /// Retrieves one exam result.
    /// args_json: id.
    ///     {"id": 999}
    /// Gives the result. Throws not_found_error, or what any operation can.
    /// Reply: Result (docs/objects.md).
    std::string get(const std::string &args_json) const { return call_("results.get", args_json); }

private:
    detail::caller call_;
};

/// The operations competency_results.*, from client::competency_results().
class competency_results_operations {
public:
    explicit competency_results_operations(const detail::caller &call) : call_(call) {}

    /// Lists completed courses: all, or one linked person's.
    /// args_json: encrypted_user_id?, page?.
    ///     {"encrypted_user_id": "gAAAAB..."}
    /// Gives {"count", "next_page", "results": [competency result, ...]}.
    /// Reply: CompetencyResultList (docs/objects.md).
    std::string list(const std::string &args_json = "{}") const { return call_("competency_results.list", args_json); }

    /// Retrieves one completed course.
    /// args_json: id.
    ///     {"id": 31}
    /// Gives the competency result. Throws not_found_error, or what any operation can.
    /// Reply: CompetencyResult (docs/objects.md).
    std::string get(const std::string &args_json) const { return call_("competency_results.get", args_json); }

    /// Reports a completed course of a linked person.
    /// Exactly one is created, also when the connection breaks.
    /// args_json: encrypted_user_id?, ext_user_id?, goal, passed_date, external_system?, external_id?.
    ///     {"ext_user_id": "E1001", "goal": 456, "passed_date": "2026-11-20"}
    /// Gives the new competency result. Throws not_found_error, unknown_outcome_error, or what any operation can.
    /// Reply: CompetencyResult (docs/objects.md).
    std::string create(const std::string &args_json) const { return call_("competency_results.create", args_json); }

private:
    detail::caller call_;
};

/// The operations employment.*, from client::employment().
class employment_operations {
public:
    explicit employment_operations(const detail::caller &call) : call_(call) {}

    /// Retrieves one employment record.
    /// args_json: id.
    ///     {"id": 555}
    /// Gives the employment record. Throws not_found_error, or what any operation can.
    /// Reply: EmploymentRecord (docs/objects.md).
    std::string get(const std::string &args_json) const { return call_("employment.get", args_json); }

private:
    detail::caller call_;
};

/// The operations link.*, from client::link().
class link_operations {
public:
    explicit link_operations(const detail::caller &call) : call_(call) {}

    /// Makes the address to which a person's browser is sent to be linked.
    /// No request is sent. The configuration's "link_url" must be set.
    /// args_json: ext_user_id.
    ///     {"ext_user_id": "E1001"}
    /// Gives {"url"}. Throws config_error, or what any operation can.
    /// Reply: LinkUrl (docs/objects.md).
    std::string url(const std::string &args_json) const { return call_("link.url", args_json); }

private:
    detail::caller call_;
};

/// The operations webhook.*, from client::webhook().
class webhook_operations {
public:
    explicit webhook_operations(const detail::caller &call) : call_(call) {}

    /// Keeps what a webhook or the link flow's callback brought, for hosts with a web server of their own.
    /// No request is sent. Needs "state" in the configuration. Answer the sender with the reply's "http_status", and with 503
    ///     if this fails: then it comes again. What arrived is on the disk when this returns; fetch it with inbox.next.
    /// args_json: body?, body_base64?, headers?, path?, method?.
    ///     {"path": "/finaut/0f3b...", "headers": {"X-Correlation-Id": "7f1c"}, "body": "{\"id\": ...}"}
    /// Gives {"http_status", "reason", "kinds", "correlation_id"}; "reason" says why it was not let in, for your log. Throws
    ///     config_error, or what any operation can.
    /// Reply: WebhookAccepted (docs/objects.md).
    std::string accept(const std::string &args_json = "{}") const { return call_("webhook.accept", args_json); }

    /// Tells what a webhook brought, and keeps nothing.
    /// No request is sent. What it says is the sender's word alone.
    /// args_json: body?, body_base64?, headers?, path?, method?.
    ///     {"headers": {}, "body": "{\"id\": ...}"}
    /// Gives {"http_status", "reason", "objects": [{"kind", "object"}, ...], "signed", "correlation_id"}.
    /// Reply: WebhookParsed (docs/objects.md).
    std::string parse(const std::string &args_json = "{}") const { return call_("webhook.parse", args_json); }

private:
    detail::caller call_;
};

/// The operations inbox.*, from client::inbox().
class inbox_operations {
public:
    explicit inbox_operations(const detail::caller &call) : call_(call) {}

    /// Gives the next event of the inbox: a new or changed result or user status, or a person who was linked.
    /// Acknowledge it when you have done with it what you will; else it comes again when its lease ends. What webhooks said
    ///     is asked of the API first (configuration "inbox", "verify"), within this call. Events of one object come one after
    ///     the other.
    /// args_json: wait_s?, lease_s?, kind?.
    ///     {"wait_s": 30}
    /// Gives {"event": number, "kind", "object", "verified", "received", "deliveries"}, or null when there is none;
    ///     "verified" is true if the API or a signature vouches for it; "kind" is result, userstatus, link or unknown. Throws
    ///     config_error, or what any operation can.
    /// Reply: InboxEvent or null (docs/objects.md).
    std::string next(const std::string &args_json = "{}") const { return call_("inbox.next", args_json); }

    /// Says that an event is done with; it does not come again.
    /// No request is sent. Acknowledging twice does no harm.
    /// args_json: event.
    ///     {"event": 17}
    /// Gives {"event"}. Throws config_error, not_found_error, or what any operation can.
    /// Reply: SettledEvent (docs/objects.md).
    std::string acknowledge(const std::string &args_json) const { return call_("inbox.acknowledge", args_json); }

    /// Shows what is in the inbox and how much of it waits, without taking anything.
    /// No request is sent.
    /// args_json: after?, most?, kind?.
    /// Gives {"waiting", "leased", "acknowledged", "unverified", "unreadable", "results": [event with "state", "holder",
    ///     "lease_ends_in_s" and "last_error", ...]}; "unverified" webhooks wait to be asked about; "unreadable" events were
    ///     kept under another client_secret; "state" is waiting, leased, acknowledged or dropped. Throws config_error, or
    ///     what any operation can.
    /// Reply: InboxList (docs/objects.md).
    std::string list(const std::string &args_json = "{}") const { return call_("inbox.list", args_json); }

    /// Gives an event back: it comes again at once, to whom asks next.
    /// No request is sent. For an event whose handling failed, or whose holder is gone; also for one that was acknowledged or
    ///     dropped and is still kept.
    /// args_json: event, reason?.
    ///     {"event": 17, "reason": "the LMS does not answer"}
    /// Gives {"event"}. Throws config_error, not_found_error, or what any operation can.
    /// Reply: SettledEvent (docs/objects.md).
    std::string requeue(const std::string &args_json) const { return call_("inbox.requeue", args_json); }

    /// Says that an event that cannot be handled is done with, and why; it does not come again.
    /// No request is sent. The event and the reason are kept as long as acknowledged events are; inbox.requeue brings it back
    ///     until then.
    /// args_json: event, reason.
    ///     {"event": 17, "reason": "the person has left"}
    /// Gives {"event"}. Throws config_error, not_found_error, or what any operation can.
    /// Reply: SettledEvent (docs/objects.md).
    std::string drop(const std::string &args_json) const { return call_("inbox.drop", args_json); }

    /// Tells how the inbox fares: how long the oldest event has waited, and who has which event.
    /// No request is sent, and no object is told: for monitoring.
    /// args_json: none of its own.
    /// Gives {"waiting", "leased", "acknowledged", "unverified", "unreadable", "oldest_s", "oldest_unverified_s", "taken":
    ///     [{"event", "kind", "received", "deliveries", "state", "holder", "lease_ends_in_s", "last_error"}, ...]}; "taken"
    ///     are the first 100 events that were given out and are not acknowledged. Throws config_error, or what any operation
    ///     can.
    /// Reply: InboxStatus (docs/objects.md).
    std::string status(const std::string &args_json = "{}") const { return call_("inbox.status", args_json); }

    /// Asks the API for new results and user statuses, for hosts that cannot be reached by webhooks.
    /// Reads from two days before the last poll on; the first time, from two days ago or before "since". Results are found
    ///     when they were created, or changed within two days of that: the API cannot be asked for later changes, which only
    ///     webhooks tell of. The first poll of user statuses reads their whole history, one request for each 100; later ones
    ///     read its end. What is read is kept page by page: a poll that ends with throttled is gone on with by the next call.
    /// args_json: since?, kind?.
    /// Gives {"result", "userstatus", "requests"}: how many new events of each, and the requests that it took. Throws
    ///     config_error, or what any operation can.
    /// Reply: PollCounts (docs/objects.md).
    std::string poll(const std::string &args_json = "{}") const { return call_("inbox.poll", args_json); }

private:
    detail::caller call_;
};

/// The operations sync.*, from client::sync().
class sync_operations {
public:
    explicit sync_operations(const detail::caller &call) : call_(call) {}

    /// Proposes a profile for the nightly sync from a file of the HR system and from what FinAut has; nothing is written.
    /// Which column is which is found by headers, by what stands in them, and by what FinAut has of the same people. What
    ///     only a person can say is null or an empty list, and "fill_in" points to it. Comments are members whose names begin
    ///     with "//"; sync.plan leaves them out. Costs one request for each 100 people, companies and departments, and one
    ///     for the schemes. A relative path is that of the process. No identity number and no name of a person is in the
    ///     reply.
    /// args_json: file, language?.
    ///     {"file": "/hr/out/finaut.csv", "language": "no"}
    /// Gives {"profile": the profile, with comments, "fill_in": pointers into it, "file", "columns": [{"header", "field",
    ///     "by", "filled"}, ...], "basis", "counts", "problems": [{"problem", "says", "rows"}, ...]}.
    /// Reply: SyncProposal (docs/objects.md).
    std::string init(const std::string &args_json) const { return call_("sync.init", args_json); }

    /// Plans what has to change in FinAut so that it follows a file of the HR system, and what that costs; nothing is
    ///     written.
    /// The profile says whom it is about, how the file is read, and what may be done; docs/sync.md describes it. FinAut is
    ///     read: one request for each 100 people, and few more; again within 15 minutes, nothing is listed. For "only" one
    ///     person, it takes two requests. What a rail holds is in the plan with the rail's name. Where the next free request
    ///     is further away than max_wait_s, the reply's "state" is "waiting" and "next_slot_s" says when to call again: what
    ///     was read is kept. The configuration needs "state".
    /// args_json: profile?, profile_file?, file?, people?, only?, names?.
    ///     {"profile": {"file": "/hr/out/finaut.csv", "scope": {"schemes": ["afr"]}}}
    /// Gives {"plan": its id, "state", "profile", "only", "file", "basis", "counts", "cost", "rails", "steps", "problems",
    ///     "portal", "due_later", "reported", "unknown_to_hr", "extra", "next_slot_s"}. Throws config_error, not_found_error,
    ///     busy_error, or what any operation can.
    /// Reply: SyncPlan (docs/objects.md).
    std::string plan(const std::string &args_json = "{}") const { return call_("sync.plan", args_json); }

    /// Makes FinAut follow a file of the HR system: plans, and carries out what no rail holds.
    /// What cron calls each hour of the night: it reads, compares and writes, one merged request for a person who changes. A
    ///     run that was killed, or that waits for free requests ("state": "waiting"), is gone on with by calling it again.
    ///     The first run of a profile, and of a changed one, only plans: sync.apply approves. One row that cannot be applied
    ///     never stops the others; what the server refuses is not sent again for seven days, or until the row changes. The
    ///     configuration needs "state".
    /// args_json: profile?, profile_file?, file?, people?, only?, retry?, dry_run?, until?, names?.
    ///     {"profile_file": "/hr/finaut.json"}
    /// Gives the plan's members, besides "run": its id, "requests", "failures", and in "counts" how many steps are done,
    ///     refused, failed, doubtful, drifted and left. Throws config_error, not_found_error, busy_error, held_error, or what
    ///     any operation can.
    /// Reply: SyncRun (docs/objects.md).
    std::string run(const std::string &args_json = "{}") const { return call_("sync.run", args_json); }

    /// Approves of a plan what a person has reviewed, and carries it out.
    /// An approval belongs to the steps that were reviewed, not to their number: it counts for this run and any later one,
    ///     for 14 days after the plan was made. "approve" names kinds ("create", "update", "hold", "withdraw"), rails,
    ///     fields, or steps ("s3"). Who approved and why stands in the audit.
    /// args_json: profile?, profile_file?, file?, people?, only?, plan, approve, by, why, until?, names?.
    ///     {"profile_file": "/hr/finaut.json", "plan": "p-20261127-0412-6f3a", "approve": ["create"], "by": "Kari Nordmann",
    ///     "why": "first night"}
    /// Gives as sync.run's. Throws config_error, not_found_error, stale_error, busy_error, held_error, or what any operation
    ///     can.
    /// Reply: SyncRun (docs/objects.md).
    std::string apply(const std::string &args_json) const { return call_("sync.apply", args_json); }

    /// Tells how the sync of a profile stands: for monitoring.
    /// No request is sent. Needs the profile's name only. With "max_age_h" it fails with stale where no run was completed in
    ///     so many hours.
    /// args_json: profile?, profile_file?, run?, max_age_h?.
    ///     {"profile": "hr"}
    /// Gives {"profile", "run", "state", "counts", "progress", "budget", "through", "next_slot_s", "last_done",
    ///     "last_accepted_file", "oldest_open", "error"}; null is what there was none of. Throws config_error,
    ///     not_found_error, stale_error, or what any operation can.
    /// Reply: SyncStatus (docs/objects.md).
    std::string status(const std::string &args_json = "{}") const { return call_("sync.status", args_json); }

    /// Tells what a run did and what is open, what happened over a time, what can be taken back, or what a plan wants: as
    ///     text, a page, CSV or JSON.
    /// No request is sent. Needs the profile's name only. "run" is the report of a run; for the id of a plan, the plan
    ///     itself, which is what to look at before approving it. "period" is about the days from "from" to "to": who was
    ///     entered, who left and by which rule, who approved what, what has been open for more than 30 days. "undo" lists
    ///     each withdrawal and hold of a run or of such days, with what Norsk Test needs to put people back. A plan is kept,
    ///     sealed, for 14 days, what runs did for 90. Why somebody is on hold is in no report. A file is written so that only
    ///     its owner may read it: whole or not at all.
    /// args_json: profile?, profile_file?, run?, from?, to?, what?, format?, language?, path?, names?.
    ///     {"profile": "hr", "format": "html", "path": "/hr/night.html"}
    /// Gives {"run", "profile", "what", "from", "to", "format", "language", "path", "text"}; "text" is null where it was
    ///     written to "path". Throws config_error, not_found_error, stale_error, or what any operation can.
    /// Reply: SyncReport (docs/objects.md).
    std::string report(const std::string &args_json = "{}") const { return call_("sync.report", args_json); }

    /// Gives statuses, results or people back to the HR system or the LMS, as CSV or JSON.
    /// Rows name people by the employer's own id and FinAut's number; people who are confidential in the HR file are left
    ///     out. "authorisations": where they differ from what HR wants, as the last run found, without a request. "statuses":
    ///     everybody's as a candidate; without a request within 15 minutes after a run, else one for each 100 people and one
    ///     more. "history": the records since a day, one request and one for each 100 of them. "results": those since the
    ///     last export and two days before, the first time all; a "since" that leaves days out does not count as an export.
    ///     "unknown_to_hr": a file for the sync itself, in which a person marks as "left" those who have left; only who has
    ///     no employee_alias of their own is named in it by the identity number. A letter that the encoding lacks is an
    ///     error, and nothing is written. A CSV cell that a spreadsheet would take for a formula begins with an apostrophe.
    /// args_json: profile?, profile_file?, what, format?, path?, since?, encoding?.
    ///     {"profile": "hr", "what": "statuses", "path": "/lms/in/statuses.csv", "encoding": "windows-1252"}
    /// Gives {"profile", "what", "format", "encoding", "rows", "since", "as_of", "requests", "path", "text"}; "text" is null
    ///     where it was written to "path". Throws config_error, not_found_error, or what any operation can.
    /// Reply: SyncExport (docs/objects.md).
    std::string export_(const std::string &args_json) const { return call_("sync.export", args_json); }

    /// Erases what the syncs of a profile keep of a person.
    /// For a person who asks for it (GDPR, article 17). That FinAut's user of this number was seen in an HR file is kept; the
    ///     lines of the audit stay, and are counted. No request is sent where the person is named by "id".
    /// args_json: a person, profile?, profile_file?.
    ///     {"id": 590496, "profile": "hr"}
    /// Gives {"id", "was_seen", "plans": how many kept plans named the person, "audit_lines": how many lines stay}. Throws
    ///     config_error, busy_error, or what any operation can.
    /// Reply: SyncForgotten (docs/objects.md).
    std::string forget(const std::string &args_json) const { return call_("sync.forget", args_json); }

private:
    detail::caller call_;
};

/// The operations journal.*, from client::journal().
class journal_operations {
public:
    explicit journal_operations(const detail::caller &call) : call_(call) {}

    /// Lists the changes that were sent to the server: by whom, when, and with what outcome.
    /// The newest first, 100 on a page. No request is sent, but one where the person is named otherwise than by "id" and is
    ///     not remembered. A line is on the disk before its request is sent, where the configuration has "state"; it holds no
    ///     identity number, no name and no value. Of a process that was killed, the outcome is "unknown" until it is settled.
    ///     Reports of completed courses are found by job and time, not by person: they name nobody by number.
    /// args_json: a person?, since?, until?, job?, page?.
    ///     {"since": "2026-11-26", "until": "2026-11-26"}
    /// Gives {"count", "next_page", "results": [{"id": the line's number, "at": time, "operation", "job", "method", "path",
    ///     "object_id", "user_id", "fields": names, "outcome", "code", "http_status", "ended_at", "machine", "process",
    ///     "os_user", "correlation_id"}, ...]}; "outcome" is done, refused (it had no effect; "code" says why), unknown or
    ///     under_way. Throws not_found_error, ambiguous_error, or what any operation can.
    /// Reply: JournalLineList (docs/objects.md).
    std::string list(const std::string &args_json = "{}") const { return call_("journal.list", args_json); }

private:
    detail::caller call_;
};

// -- end of groups --

class receiver;

/// A client of one FinAut account. See finaut_client.
class client {
public:
    /// Makes a client. No request is sent yet.
    ///
    /// config_json: an object; the README has its keys. Credentials that are not in it come from the environment.
    ///
    /// Throws argument_error or config_error.
    explicit client(const std::string &config_json = "{}") : call_(config_json) {}

    /// Frees the client. Calls that other threads have under way through its groups end as they would have.
    ~client() { call_.close(); }

    client(client &&) noexcept = default;
    client &operator=(client &&other) noexcept
    {
        if (this != &other) {
            call_.close();
            call_ = std::move(other.call_);
        }
        return *this;
    }
    client(const client &) = delete;
    client &operator=(const client &) = delete;

    /// Ends all calls that now run in this client with an interrupted_error, at their next wait; from any thread, but not from
    /// a signal handler. See finaut_client_interrupt.
    void interrupt() const { detail::succeeded(finaut_client_interrupt(call_.get()->handle()), "finaut_client_interrupt"); }
    /// Ends the call that was given this "call_id" with an interrupted_error, at its next wait; from any thread, but not from a signal
    /// handler. If none runs, the next that begins with it within 60 s ends at once. See finaut_client_interrupt_call.
    void interrupt_call(const std::string &call_id) const
    {
        detail::succeeded(finaut_client_interrupt_call(call_.get()->handle(), call_id.c_str()), "finaut_client_interrupt_call");
    }

    /// Sets who is told of what happens during calls, from the next event on; an empty one for nobody. It is kept until the
    /// last call that may tell it has returned. It runs on the thread that called, on several at once where several call.
    void observe(observer told) { call_.get()->observe(std::move(told)); }

    /// Calls an operation by its name, as "users.get".
    std::string call(const std::string &operation, const std::string &args_json = "{}") const
    {
        return call_(detail::c_string(operation, "operation"), args_json);
    }

    /// Calls a listing, as "users.list", and hands each page to a function, in the memory of one page however long the list is. Gives
    /// {"count", "pages", "missing"}. Persons who are added or removed meanwhile are dealt with as in the listing itself. See
    /// finaut_call_pages.
    ///
    ///     client.each_page("users.list", "{}", [](const std::string &page) {
    ///         for (const std::string &user : finaut::json_items(page, "/results")) { ... }
    ///         return 0;
    ///     });
    std::string each_page(const std::string &operation, const std::string &args_json, const page_reader &on_page) const
    {
        if (!on_page) {
            detail::fail(FINAUT_E_ARGUMENT, "on_page: empty; give a function. Nothing was sent.");
        }
        return call_(detail::c_string(operation, "operation"), args_json, on_page);
    }

    /// The pages of a listing, each asked for when the loop comes to it, so that a loop may stop early and lose nothing. Somebody who
    /// is added or removed meanwhile can move others past a page's border; each_page notices that, this does not.
    ///
    ///     for (const std::string &page : client.pages("users.list")) {
    ///         for (const std::string &user : finaut::json_items(page, "/results")) { ... }
    ///     }
    page_range pages(const std::string &operation, const std::string &args_json = "{}") const
    {
        call_.get();
        detail::c_string(operation, "operation");
        return page_range(call_, operation, args_json);
    }

    // -- operations: made by cargo xtask generate --

    /// The operations users.*.
    users_operations users() const { return users_operations(call_); }
    /// The operations companies.*.
    companies_operations companies() const { return companies_operations(call_); }
    /// The operations departments.*.
    departments_operations departments() const { return departments_operations(call_); }
    /// The operations schemes.*.
    schemes_operations schemes() const { return schemes_operations(call_); }
    /// The operations userstatus.*.
    userstatus_operations userstatus() const { return userstatus_operations(call_); }
    /// The operations results.*.
    results_operations results() const { return results_operations(call_); }
    /// The operations competency_results.*.
    competency_results_operations competency_results() const { return competency_results_operations(call_); }
    /// The operations employment.*.
    employment_operations employment() const { return employment_operations(call_); }
    /// The operations link.*.
    link_operations link() const { return link_operations(call_); }
    /// The operations webhook.*.
    webhook_operations webhook() const { return webhook_operations(call_); }
    /// The operations inbox.*.
    inbox_operations inbox() const { return inbox_operations(call_); }
    /// The operations sync.*.
    sync_operations sync() const { return sync_operations(call_); }
    /// The operations journal.*.
    journal_operations journal() const { return journal_operations(call_); }

    /// Tells how many requests are left, who used the others, and when more will be.
    /// No request is sent. What other programs use on the same account is not known here before the server refuses something.
    /// args_json: requests?, history?.
    ///     {"requests": 500}
    /// Gives {"limit", "per_s", "reserve", "used", "free", "next_slot_s", "paused_s", "state", "by": [{"job", "operation",
    ///     "machine", "used"}, ...]}; with "requests", {"requests", "through_s", "through_at"}; with "history", {"hours":
    ///     [{"start", "requests", "retries", "waits", "refused"}, ...]}.
    /// Reply: Budget (docs/objects.md).
    std::string budget(const std::string &args_json = "{}") const { return call_("budget", args_json); }

    /// Tries whether host and credentials are right.
    /// Costs one request.
    /// args_json: none of its own.
    /// Gives {"host", "client_id", "token_expires_in_s", "state"}; "state" is the state file's absolute path, or null.
    /// Reply: AccountCheck (docs/objects.md).
    std::string check(const std::string &args_json = "{}") const { return call_("check", args_json); }

    /// Sends any request to the API, with token, throttle and retries.
    /// For what has no operation of its own. A POST or DELETE whose connection breaks ends with unknown_outcome: nothing is
    ///     known by which to settle it.
    /// args_json: method, path, query?, body?.
    ///     {"method": "GET", "path": "userrole/afr_ka/"}
    /// Gives the answer's body; null when it is empty, which only a change or status 204 may be. Throws not_found_error,
    ///     unknown_outcome_error, or what any operation can.
    /// Reply: any JSON (docs/objects.md).
    std::string request(const std::string &args_json) const { return call_("request", args_json); }

    // -- end of operations --

private:
    friend class receiver;
    detail::caller call_;
};

/// Listens for webhooks and the link flow's callbacks from its construction to its destruction, and puts what comes into its
/// client's inbox; client::inbox() gives it out. It goes on when the client is destroyed. See finaut_receiver_start.
///
///     finaut::receiver receiver(client, "{\"listen\": \"127.0.0.1:8780\"}");
///     std::string url = finaut::json_get(receiver.status(), "/urls/0");
class receiver {
public:
    /// Starts to listen.
    ///
    /// its_client: its configuration needs "state"; its "inbox" says whom to believe.
    // -- receiver settings: made by cargo xtask generate --
    /// config_json: an object with these members:
    ///     listen (string): address and port; with port 0 any that is free, and the reply tells which; default
    ///         "127.0.0.1:8780"
    ///     paths (JSON): list of paths; a configured "path_secret" follows after a slash; default ["/finaut/webhook",
    ///         "/finaut/link"]
    ///     open (true or false): true: starts although the client's "inbox" has no "path_secret", "header" or "hmac_secret",
    ///         so that anybody who reaches it can fill the inbox with inventions; default false
    ///     health_path (string): path at which GET and HEAD tell load balancers whether webhooks are taken now: 200, else
    ///         503; no secret is asked for there; default "/health"
    ///     max_body_bytes (whole number from 1): longest body; default 131072
    ///     max_connections (whole number from 1): most connections at a time, but no more than a quarter of the descriptors
    ///         that the process may have; when there are more, the oldest that has sent no whole request goes; default 256
    ///     request_timeout_s (number of seconds): longest time in which a request must have come; default 20
    // -- end of receiver settings --
    ///
    /// Throws handle_error, argument_error, config_error, network_error (the address cannot be had), state_error, forked_error
    /// or internal_error.
    explicit receiver(const client &its_client, const std::string &config_json = "{}")
        : handle_(nullptr, finaut_receiver_free)
    {
        const std::shared_ptr<detail::account> kept = its_client.call_.get();
        finaut_receiver *made = nullptr;
        char *reply = nullptr;
        const int32_t number =
            finaut_receiver_start(kept->handle(), detail::c_string(config_json, "config_json"), &made, &reply);
        handle_.reset(made);
        detail::received(number, reply);
    }

    /// Stops: those who are being answered are answered (within 3 s).
    ~receiver() = default;

    receiver(receiver &&) noexcept = default;
    receiver &operator=(receiver &&) noexcept = default;
    receiver(const receiver &) = delete;
    receiver &operator=(const receiver &) = delete;

    /// Gives {"address", "urls", "accepted", "refused", "failed", "trouble"}; "trouble" is what keeps it from working now, or
    /// null. Throws handle_error after the receiver was moved away. See finaut_receiver_status.
    std::string status() const
    {
        if (!handle_) {
            detail::fail(FINAUT_E_HANDLE, "This finaut::receiver was moved from. Use the one that it was moved to.");
        }
        char *reply = nullptr;
        const int32_t number = finaut_receiver_status(handle_.get(), &reply);
        return detail::received(number, reply);
    }

private:
    std::unique_ptr<finaut_receiver, void (*)(finaut_receiver *)> handle_;
};

} // namespace finaut

#endif // FINAUT_HPP
