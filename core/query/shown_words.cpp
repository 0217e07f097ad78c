// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/shown_words.h"

#include "core/model/sentence.h"
#include "core/query/filter_keys.h"
#include "core/query/filter_text.h"

#include <array>
#include <utility>

namespace halfopen {

namespace {

using Translate = std::function<std::string(const std::string& english)>;

// The titles of the columns of the terminal and of the window.
constexpr std::array<std::pair<Template<0>, std::string_view>, 37> kTitles{{
    {Sentence::mark("Diagnosis"), "diagnosis"},
    {Sentence::mark("State"), "state"},
    {Sentence::mark("Recv-Q"), "recvq"},
    {Sentence::mark("Send-Q"), "sendq"},
    {Sentence::mark("Local"), "src"},
    {Sentence::mark("Remote"), "dst"},
    {Sentence::mark("Process"), "process"},
    {Sentence::mark("Keepalive"), "keepalive"},
    {Sentence::mark("User timeout"), "user-timeout"},
    {Sentence::mark("Timer"), "timer"},
    {Sentence::mark("Next"), "next-probe"},
    {Sentence::mark("Next probe"), "next-probe"},
    {Sentence::mark("Unanswered"), "unanswered"},
    {Sentence::mark("Gives up"), "gives-up"},
    {Sentence::mark("Idle"), "idle"},
    {Sentence::mark("RTT"), "rtt"},
    {Sentence::mark("Retransmits"), "retransmits"},
    {Sentence::mark("User"), "user"},
    {Sentence::mark("Interface"), "interface"},
    {Sentence::mark("Inode"), "inode"},
    {Sentence::mark("Cookie"), "cookie"},
    {Sentence::mark("Netns"), "netns"},
    {Sentence::mark("Namespace"), "netns"},
    {Sentence::mark("Unit"), "unit"},
    {Sentence::mark("Container"), "container"},
    {Sentence::mark("Container/Unit"), "unit"},
    {Sentence::mark("Service"), "port"},
    {Sentence::mark("Host name"), "hostname"},
    {Sentence::mark("Remote name"), "hostname"},
    {Sentence::mark("Age"), "age"},
    {Sentence::mark("Sent"), "bytes-sent"},
    {Sentence::mark("Received"), "bytes-received"},
    {Sentence::mark("Sent/s"), "rate-sent"},
    {Sentence::mark("Sending"), "rate-sent"},
    {Sentence::mark("Received/s"), "rate-received"},
    {Sentence::mark("Receiving"), "rate-received"},
    {Sentence::mark("Conditions"), "condition"},
}};

// What stands in no enumeration, or is said otherwise than there.
constexpr std::array<std::pair<Template<0>, std::string_view>, 6> kWords{{
    {Sentence::mark("on"), "on"},
    {Sentence::mark("off"), "off"},
    {Sentence::mark("unknown"), "unknown"},
    {Sentence::mark("none"), "none"},
    {Sentence::mark("never"), "never"},
    {Sentence::mark("Established"), "established"},
}};

void add(std::vector<FilterNames::Alias>& all, const Translate& translate, std::string_view english,
         std::string_view word) {
    addShownWord(all, translate(std::string(english)), word);
}

} // namespace

void addShownWord(std::vector<FilterNames::Alias>& all, std::string shown, std::string_view word) {
    shown = filter::lowerCase(shown);
    if (!shown.empty() && shown != word)
        all.push_back({std::move(shown), std::string(word)});
}

void addShownWords(FilterNames& names, const Translate& translate) {
    using filter::MaskKey;
    for (const MaskKey key : {MaskKey::Diagnosis, MaskKey::Condition, MaskKey::Next, MaskKey::Timer, MaskKey::GivesUp})
        for (const auto& [word, bits] : filter::wordsOf(key))
            add(names.words, translate, word, word);
    for (unsigned why = 1; why <= static_cast<unsigned>(OwnerUnknown::ProcHidden); ++why)
        add(names.words, translate, toString(static_cast<OwnerUnknown>(why)), toString(static_cast<OwnerUnknown>(why)));
    for (const auto& [english, word] : kWords)
        add(names.words, translate, english, word);
    for (const auto& [title, key] : kTitles)
        add(names.keys, translate, title, key);
}

} // namespace halfopen
