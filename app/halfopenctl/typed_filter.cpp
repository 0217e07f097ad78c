// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/typed_filter.h"

#include "app/halfopenctl/language.h"
#include "app/halfopenctl/terminal.h"
#include "core/kernel/process/hosts.h"
#include "core/query/filter_hints.h"
#include "core/query/shown_words.h"
#include "core/text/foreign_text.h"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <utility>

namespace halfopen::ctl {

namespace {

std::string servicesFile() {
    std::ifstream file("/etc/services");
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

} // namespace

TypedFilter::TypedFilter(std::string text)
    : m_text(std::move(text))
    , m_names(std::make_shared<FilterNames>()) {
    m_names->services.addFile(servicesFile());
    addShownWords(*m_names, [](const std::string& english) { return std::string(language().word(english)); });
    if (m_text.empty())
        return;
    constexpr int kMostHosts = 16;
    for (int host = 0; host < kMostHosts; ++host) {
        m_filter = Filter(m_text, *m_names);
        const FilterError* error = m_filter.error();
        if (!error || error->problem != FilterProblem::UnknownHost || m_names->hosts.contains(error->word))
            return;
        auto addresses = addressesOf(error->word);
        if (addresses.empty())
            return;
        m_names->hosts.emplace(error->word, std::move(addresses));
    }
}

/// The filter on a line of its own, and below it what is meant.
void TypedFilter::underline(std::size_t from, std::size_t to) const {
    const std::size_t before = displayWidth(harmless(std::string_view(m_text).substr(0, from)));
    const std::size_t width = displayWidth(harmless(std::string_view(m_text).substr(from, to - from)));
    tellText(
        fmt::format("  {}\n  {:{}}{}\n", harmless(m_text), "", before, width == 0 ? "^" : std::string(width, '~')));
}

int TypedFilter::check(bool json) const {
    const FilterError* error = m_filter.error();
    if (!error)
        return 0;
    const std::size_t position = positionOf(m_text, error->from);
    const Sentence sentence = sentenceOf(*error);
    const bool asks = !error->suggestion.empty();
    const int code = fail({ErrorCode::Usage, asks ? Sentence::tr("The filter, position {0}: {1}", position, sentence)
                                                  : Sentence::tr("The filter, position {0}: {1}.", position, sentence)},
                          json);
    if (!json)
        underline(error->from, error->to);
    return code;
}

const Error* TypedFilter::unanswered(const Frame& frame) {
    for (const KernelAnswer& answer : frame.kernelAnswers)
        if (answer.error && answer.question.fact != KernelFact::Autobound) // which the ports tell, too
            return &*answer.error;
    return nullptr;
}

int TypedFilter::checkAnswers(const Frame& frame, bool json) {
    const Error* why = unanswered(frame);
    return why ? fail(*why, json) : 0;
}

void TypedFilter::putInto(Query& query) const {
    query.filter = m_text;
    query.names = m_names;
}

bool TypedFilter::hasHints(const Frame& frame) const {
    return !hintsFor(m_filter, frame, *m_names).empty();
}

std::vector<Sentence> TypedFilter::hints(const Frame& frame) const {
    std::vector<Sentence> sentences;
    for (const FilterHint& hint : hintsFor(m_filter, frame, *m_names))
        sentences.push_back(sentenceOf(hint));
    return sentences;
}

std::optional<Sentence> TypedFilter::notKnown(const Frame& frame) const {
    for (const FilterHint& hint : hintsFor(m_filter, frame, *m_names))
        if (hint.kind == FilterHint::Kind::NotKnown)
            return sentenceOf(hint);
    return std::nullopt;
}

void TypedFilter::tellHints(const Frame& frame) const {
    for (const Sentence& sentence : hints(frame))
        tell(sentence);
    tellAmbiguity();
}

void TypedFilter::tellFirstHints(const Frame& frame) const {
    for (const FilterHint& hint : hintsFor(m_filter, frame, *m_names))
        if (hint.kind != FilterHint::Kind::NotKnown)
            tell(sentenceOf(hint));
    tellAmbiguity();
}

void TypedFilter::tellAmbiguity() const {
    if (const FilterError* place = m_filter.ambiguity())
        tell(Sentence::tr("Read from the left, as ss reads it: what stands from position {0} on holds for all before "
                          "it. Parentheses make it otherwise.",
                          positionOf(m_text, place->from)));
}

} // namespace halfopen::ctl
