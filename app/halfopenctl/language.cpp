// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/language.h"

#include <algorithm>
#include <cstdlib>
#include <span>
#include <unordered_map>

namespace halfopen::ctl {

namespace {

struct Message {
    std::string_view english;
    std::string_view words;
};

struct Catalogue {
    std::string_view language; ///< "zh_CN"
    std::span<const Message> messages;
};

#include "halfopenctl_catalogues.inc"

bool isUtf8(std::string_view codeset) {
    std::string letters;
    for (const char c : codeset)
        if (c != '-')
            letters += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return letters == "utf8";
}

/// "zh_CN" of "zh_CN.UTF-8@pinyin".
std::string_view placeOf(std::string_view locale) {
    return locale.substr(0, locale.find_first_of(".@"));
}

std::string_view codesetOf(std::string_view locale) {
    const std::size_t dot = locale.find('.');
    return dot == std::string_view::npos ? std::string_view() : placeOf(locale.substr(dot + 1));
}

/// A locale without a country means the first that there is.
const Catalogue* catalogueOf(std::string_view place) {
    for (const Catalogue& one : kCatalogues)
        if (one.language == place || one.language.substr(0, one.language.find('_')) == place)
            return &one;
    return nullptr;
}

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// The one of this process; null: English.
const Catalogue* chosen() {
    static const Catalogue* const catalogue = catalogueOf(
        translationFor({variable("LC_ALL"), variable("LC_MESSAGES"), variable("LANG"), variable("LANGUAGE")}));
    return catalogue;
}

std::string_view translate(std::string_view english) {
    static const auto messages = [] {
        std::unordered_map<std::string_view, std::string_view> all;
        for (const Message& one : chosen()->messages)
            all.emplace(one.english, one.words);
        return all;
    }();
    const auto found = messages.find(english);
    return found == messages.end() ? english : found->second;
}

} // namespace

std::string_view translationFor(const LanguageVariables& variables) {
    std::string_view locale;
    for (const std::string_view one : {variables.lcAll, variables.lcMessages, variables.lang})
        if (locale.empty())
            locale = one;
    const std::string_view place = placeOf(locale);
    const std::string_view codeset = codesetOf(locale);
    if (place.empty() || place == "C" || place == "POSIX" || !(codeset.empty() || isUtf8(codeset)))
        return {};
    std::string_view wanted = variables.language.empty() ? place : variables.language;
    while (!wanted.empty()) {
        const std::string_view one = wanted.substr(0, wanted.find(':'));
        wanted.remove_prefix(std::min(one.size() + 1, wanted.size()));
        const std::string_view name = placeOf(one);
        if (name == "C" || name == "en" || name.starts_with("en_"))
            return {};
        if (const Catalogue* catalogue = catalogueOf(name))
            return catalogue->language;
    }
    return {};
}

const Language& language() {
    static const Language inUse = chosen() ? Language(translate) : kEnglish;
    return inUse;
}

std::string say(const Sentence& sentence) {
    return language()(sentence);
}

} // namespace halfopen::ctl
