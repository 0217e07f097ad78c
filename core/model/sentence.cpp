// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/sentence.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace halfopen {
namespace {

using Translate = std::function<std::string(const std::string&)>;

/// The usual ones, in glibc's words; the others are said in English in every language.
Sentence wordsOf(Errno error) {
    switch (error.value) {
    case EPERM:
        return Sentence::tr("Operation not permitted");
    case ENOENT:
        return Sentence::tr("No such file or directory");
    case EISDIR:
        return Sentence::tr("Is a directory");
    case ESRCH:
        return Sentence::tr("No such process");
    case EIO:
        return Sentence::tr("Input/output error");
    case ENOMEM:
        return Sentence::tr("Cannot allocate memory");
    case EACCES:
        return Sentence::tr("Permission denied");
    case EBUSY:
        return Sentence::tr("Device or resource busy");
    case EINVAL:
        return Sentence::tr("Invalid argument");
    case EMFILE:
        return Sentence::tr("Too many open files");
    case ENOSPC:
        return Sentence::tr("No space left on device");
    case EROFS:
        return Sentence::tr("Read-only file system");
    case ENOSYS:
        return Sentence::tr("Function not implemented");
    case EOPNOTSUPP:
        return Sentence::tr("Operation not supported");
    case EADDRINUSE:
        return Sentence::tr("Address already in use");
    case EADDRNOTAVAIL:
        return Sentence::tr("Cannot assign requested address");
    case EPIPE:
        return Sentence::tr("Broken pipe");
    case ETIMEDOUT:
        return Sentence::tr("Connection timed out");
    case ECONNREFUSED:
        return Sentence::tr("Connection refused");
    case ECONNRESET:
        return Sentence::tr("Connection reset by peer");
    case ECONNABORTED:
        return Sentence::tr("Software caused connection abort");
    case ENETDOWN:
        return Sentence::tr("Network is down");
    case ENETUNREACH:
        return Sentence::tr("Network is unreachable");
    case EHOSTDOWN:
        return Sentence::tr("Host is down");
    case EHOSTUNREACH:
        return Sentence::tr("No route to host");
    case ENOPROTOOPT:
        return Sentence::tr("Protocol not available");
    case EPROTO:
        return Sentence::tr("Protocol error");
    default:
        break;
    }
    const char* const words = ::strerrordesc_np(error.value); // unlike strerror(3) never in the locale's language
    return words ? Sentence::received(words, {}) : Sentence::tr("Unknown error {0}", error.value);
}

std::string wordsOf(const Sentence::Argument& argument, const Translate& translate) {
    struct Visitor {
        const Translate& translate;
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(Errno error) const { return inWords(wordsOf(error), translate); }
        std::string operator()(const Sentence& sentence) const { return inWords(sentence, translate); }
    };
    return std::visit(Visitor{translate}, argument.value);
}

} // namespace

Sentence Sentence::received(std::string english, std::vector<Argument> arguments) {
    Sentence sentence;
    sentence.m_english = std::move(english);
    sentence.m_arguments = std::move(arguments);
    return sentence;
}

Sentence Sentence::word(std::string_view marked) {
    return received(std::string(marked), {});
}

bool Sentence::operator==(const Sentence& other) const {
    return m_english == other.m_english && m_arguments == other.m_arguments;
}

Sentence::Argument::Argument(Hex number)
    : value(fmt::format("{:#x}", number.value)) {}

bool Sentence::Argument::operator==(const Argument& other) const {
    return value == other.value;
}

Sentence operator+(const Sentence& first, const Sentence& second) {
    if (first.empty() || second.empty())
        return first.empty() ? second : first;
    return Sentence::tr("{0} {1}", first, second);
}

Sentence listOf(const std::vector<Sentence>& parts) {
    Sentence list;
    for (const Sentence& part : parts)
        if (!part.empty())
            list = list.empty() ? part : Sentence::tr("{0}, {1}", list, part);
    return list;
}

Sentence clausesOf(const std::vector<Sentence>& parts) {
    Sentence list;
    for (const Sentence& part : parts)
        if (!part.empty())
            list = list.empty() ? part : Sentence::tr("{0}; {1}", list, part);
    return list;
}

/// In one pass: what is put in may hold a "{1}" itself.
std::string inWords(const Sentence& sentence, const Translate& translate) {
    if (sentence.empty())
        return {};
    const std::string text = translate(sentence.english());
    const auto& arguments = sentence.arguments();
    std::string words;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool isPlace = at + 2 < text.size() && text[at] == '{' && text[at + 2] == '}';
        const std::size_t place = isPlace ? static_cast<std::size_t>(text[at + 1]) - '0' : arguments.size();
        if (place >= arguments.size()) {
            words += text[at];
            continue;
        }
        words += wordsOf(arguments[place], translate);
        at += 2;
    }
    return words;
}

std::string inEnglish(const Sentence& sentence) {
    return kEnglish(sentence);
}

std::string Language::operator()(const Sentence& sentence) const {
    return inWords(sentence, [this](const std::string& english) { return std::string(word(english)); });
}

} // namespace halfopen
