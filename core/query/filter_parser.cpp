// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_parser.h"

#include "core/query/filter_keys.h"
#include "core/query/filter_slips.h"
#include "core/query/filter_text.h"
#include "core/query/filter_values.h"
#include "core/query/filter_words.h"

#include <algorithm>
#include <span>
#include <utility>

namespace halfopen::filter {

namespace {

using Index = std::uint32_t;
using Kind = Token::Kind;

constexpr int kDeepest = 100;
constexpr std::size_t kMostTests = 4000;
constexpr std::size_t kLongest = 1 << 20; ///< bytes

bool isExclude(const Token& token) {
    return token.isWord("exclude") || token.isWord("excl");
}

Token::Kind connector(const Token& token) {
    if (token.isWord("and"))
        return Kind::And;
    if (token.isWord("or"))
        return Kind::Or;
    if (token.isWord("not"))
        return Kind::Not;
    return token.kind;
}

class Parser {
public:
    Parser(std::vector<Token> tokens, const FilterNames& names)
        : m_tokens(std::move(tokens))
        , m_names(names) {}

    Parsed<FilterTree> run() {
        if (here().kind != Kind::End) {
            auto root = list();
            if (root && here().kind != Kind::End)
                root = here().kind == Kind::Close ? wrong(FilterProblem::NotOpened, here()) : unexpected();
            if (root && m_family)
                root = withFamily(*root);
            if (!root)
                return tl::unexpected(root.error());
            m_tree.root = *root;
        }
        return std::move(m_tree);
    }

private:
    const Token& here() const { return m_tokens[m_at]; }
    const Token& before() const { return m_tokens[m_at - 1]; }
    const Token& take() { return m_tokens[m_at++]; }
    std::span<const Token> rest() const { return std::span(m_tokens).subspan(m_at); }

    /// A connector without what it connects, or an operator without what it compares.
    tl::unexpected<FilterError> unexpected() const {
        const bool isOperator = here().kind == Kind::Operator;
        if (!isOperator && m_at > 0)
            return missing(FilterProblem::MissingCondition, before().text);
        return wrong(FilterProblem::Unexpected, here(), isOperator ? "dport = :443" : "ssh or https");
    }

    static tl::unexpected<FilterError> wrong(FilterProblem problem, const Token& token, std::string expected = {},
                                             std::string suggestion = {}) {
        return tl::unexpected(FilterError{.problem = problem,
                                          .from = token.from,
                                          .to = token.to,
                                          .word = token.text,
                                          .expected = std::move(expected),
                                          .suggestion = std::move(suggestion)});
    }
    /// Something is missing where the text goes on, or ends.
    tl::unexpected<FilterError> missing(FilterProblem problem, std::string_view after,
                                        std::string expected = {}) const {
        const std::size_t from = before().to;
        return tl::unexpected(FilterError{.problem = problem,
                                          .from = from,
                                          .to = std::max(from, here().kind == Kind::End ? from : here().to),
                                          .word = std::string(after),
                                          .expected = std::move(expected),
                                          .suggestion = {}});
    }

    Index node(Node one) {
        m_tree.nodes.push_back(one);
        return static_cast<Index>(m_tree.nodes.size() - 1);
    }
    Parsed<Index> leaf(Test test, Place place) {
        if (m_tree.tests.size() >= kMostTests)
            return tl::unexpected(FilterError{.problem = FilterProblem::TooLong, .from = place.from, .to = place.to});
        m_tree.tests.push_back(std::move(test));
        m_tree.places.push_back(place);
        return node({Node::Kind::Leaf, static_cast<Index>(m_tree.tests.size() - 1), 0});
    }
    Parsed<Index> anyOf(std::vector<Test> tests, Place place) {
        std::optional<Index> all;
        for (Test& test : tests) {
            const auto one = leaf(std::move(test), place);
            if (!one)
                return one;
            all = all ? node({Node::Kind::Or, *all, *one}) : *one;
        }
        return *all;
    }
    /// As ss has it: whichever family is said last, it is that of all sockets.
    Parsed<Index> withFamily(Index root) {
        const std::uint32_t bit = m_family == Prefix::Sockets::Inet6 ? 2 : 1;
        const auto narrow = leaf(MaskTest{MaskKey::SocketFamily, bit}, m_familyPlace);
        return narrow ? Parsed<Index>(node({Node::Kind::And, *narrow, root})) : narrow;
    }
    void noteFamily(const Key& key, const Value& value) {
        const auto family =
            key.kind == KeyKind::Port || key.kind == KeyKind::Host ? familyOf(value.text) : Prefix::Sockets::Any;
        if (family == Prefix::Sockets::Any)
            return;
        m_family = family;
        m_familyPlace = {value.from, value.to};
    }
    Index negated(Index one) { return node({Node::Kind::Not, one, 0}); }

    Parsed<Index> list() {
        auto left = factor();
        bool hadOr = false;
        while (left) {
            Kind how = connector(here());
            if (how == Kind::End || how == Kind::Close)
                break;
            if (how == Kind::And || how == Kind::Or)
                take();
            const bool isOr = how == Kind::Or;
            if (hadOr && !isOr && !m_tree.readFromTheLeft)
                m_tree.readFromTheLeft = Place{here().from, here().to};
            hadOr = hadOr || isOr;
            const auto right = factor();
            if (!right)
                return right;
            left = node({isOr ? Node::Kind::Or : Node::Kind::And, *left, *right});
        }
        return left;
    }

    Parsed<Index> factor() {
        bool negative = false;
        while (connector(here()) == Kind::Not) {
            take();
            negative = !negative;
        }
        auto one = unit();
        return one && negative ? Parsed<Index>(negated(*one)) : one;
    }

    Parsed<Index> unit() {
        switch (connector(here())) {
        case Kind::Open:
            return parenthesis();
        case Kind::Word:
            return condition();
        case Kind::End:
        case Kind::Close:
            if (m_at > 0)
                return missing(FilterProblem::MissingCondition, before().text);
            return wrong(FilterProblem::NotOpened, here());
        default:
            return unexpected();
        }
    }

    Parsed<Index> parenthesis() {
        const Token open = take();
        if (++m_depth > kDeepest)
            return wrong(FilterProblem::TooDeep, open);
        auto inside = list();
        --m_depth;
        if (!inside)
            return inside;
        if (here().kind != Kind::Close)
            return wrong(FilterProblem::NotClosed, open);
        take();
        return inside;
    }

    Parsed<Index> condition() {
        if (isQuotedExpression(here()))
            return quotedExpression();
        const Token& word = here();
        if (auto slip = asInTcpdump(rest(), m_names))
            return tl::unexpected(std::move(*slip));
        if (word.isWord("state") || isExclude(word))
            return states();
        if (word.isWord("autobound")) {
            take();
            return anyOf({ask({.fact = KernelFact::Autobound, .mark = 0, .mask = 0, .group = {}}, m_tree.questions)},
                         {word.from, word.to});
        }
        if (const Key* key = keyBeforeColon(word))
            return withColon(*key);
        if (const Key* key = word.literal ? nullptr : keyOf(word.text)) {
            if (key->takesWord || operatorFollows())
                return withOperator(*key);
        } else if (signFollows()) {
            return tl::unexpected(unknownKey(rest()));
        } else if (auto slip = misspeltKey(word, m_names)) {
            return tl::unexpected(std::move(*slip));
        }
        take();
        return anyOf(wordTests(word, m_names), {word.from, word.to});
    }

    /// '( dport = :ssh or sport = :ssh )', as a shell wants it: with its quotation marks it is pasted here.
    static bool isQuotedExpression(const Token& word) {
        return word.literal && word.text.find_first_not_of(' ') == word.text.find('(') &&
               word.text.find('(') != std::string::npos && word.text[word.text.find_last_not_of(' ')] == ')';
    }
    Parsed<Index> quotedExpression() {
        const Token word = here();
        auto inside = split(word.text);
        if (!inside)
            return tl::unexpected(inside.error());
        inside->pop_back(); // its End
        for (Token& token : *inside) {
            token.from = word.at[token.from];
            token.to = word.at[token.to];
            for (std::size_t& at : token.at)
                at = word.at[at];
        }
        const auto place = m_tokens.erase(m_tokens.begin() + static_cast<std::ptrdiff_t>(m_at));
        m_tokens.insert(place, inside->begin(), inside->end());
        return factor();
    }

    const Key* keyOf(std::string_view name) const {
        if (const Key* key = keyNamed(name))
            return key;
        const std::string shown = lowerCase(name);
        const auto alias = std::ranges::find(m_names.keys, shown, &FilterNames::Alias::shown);
        return alias == m_names.keys.end() ? nullptr : keyNamed(alias->word);
    }
    const Key* keyBeforeColon(const Token& word) const {
        const auto colon = word.text.find(':');
        if (word.literal || colon == std::string::npos || colon == 0)
            return nullptr;
        return keyOf(std::string_view(word.text).substr(0, colon));
    }
    bool signFollows() const { return m_tokens[m_at + 1].kind == Kind::Operator; }
    bool operatorFollows() const {
        const Token& next = m_tokens[m_at + 1];
        return signFollows() || (next.kind == Kind::Word && !next.literal && operatorWord(next.text));
    }

    bool isPlainWord(std::size_t ahead) const {
        return m_at + ahead < m_tokens.size() && m_tokens[m_at + ahead].kind == Kind::Word &&
               !m_tokens[m_at + ahead].literal;
    }
    /// How many of the next words are still of the value: "s" after "10"; "30" and "min" after "1 h".
    std::size_t wordsThatGoOn(const Key& key, std::string_view values) const {
        if (!key.number || !isPlainWord(0))
            return 0;
        if (goesOn(key.unit, values, here().text))
            return 1;
        return isPlainWord(1) && goesOn(key.unit, values, here().text + ' ' + m_tokens[m_at + 1].text) ? 2 : 0;
    }
    /// Units after a blank, as cells have them.
    void takeUnits(const Key& key, Token& value, std::size_t from = 0) {
        while (const std::size_t more = wordsThatGoOn(key, std::string_view(value.text).substr(from)))
            for (std::size_t one = 0; one < more; ++one)
                value.append(take());
    }

    Parsed<Index> withColon(const Key& key) {
        Token word = take();
        const std::size_t colon = word.text.find(':');
        if (colon + 1 < word.text.size()) {
            takeUnits(key, word, colon + 1);
            return compared(key, Compare::Matches, valuesOf(word, colon + 1), word);
        }
        if (here().kind == Kind::Operator && here().from == word.to) // key:>value
            return operand(key, take(), word);
        return operand(key, Token{.compare = Compare::Matches}, word);
    }

    Parsed<Index> withOperator(const Key& key) {
        const Token word = take();
        Token sign{.compare = key.kind == KeyKind::Text ? Compare::Equal : Compare::Matches};
        if (here().kind == Kind::Operator) {
            sign = take();
        } else if (here().kind == Kind::Word && !here().literal) {
            if (const auto named = operatorWord(here().text)) {
                sign = take();
                sign.compare = *named;
            }
        }
        return operand(key, sign, word);
    }

    /// @param sign  the operator; where none was typed, what it would be
    Parsed<Index> operand(const Key& key, const Token& sign, const Token& word) {
        if (here().kind != Kind::Word)
            return missing(missingFor(key), before().text, std::string(key.example));
        if (isOrder(sign.compare) && !isOrdered(key))
            return tl::unexpected(FilterError{.problem = FilterProblem::WrongOperator,
                                              .from = sign.from,
                                              .to = sign.to,
                                              .word = std::string(key.name),
                                              .expected = std::string(key.example)});
        Token value = take();
        takeUnits(key, value);
        return compared(key, sign.compare, valuesOf(value), {.from = word.from, .to = value.to});
    }

    Parsed<Index> compared(const Key& key, Compare compare, const std::vector<Value>& values, const Token& whole) {
        if (values.empty()) // commas alone
            return missing(missingFor(key), key.name, std::string(key.example));
        if (isOrder(compare) && values.size() > 1)
            return tl::unexpected(severalCompared(key, values));
        std::vector<Test> tests;
        CookieTest cookies; // there may be thousands
        for (const Value& value : values) {
            const Compare asked = compare == Compare::NotEqual ? Compare::Equal : compare;
            auto test = testOf(key, asked, value, m_names, m_tree.questions);
            if (!test)
                return tl::unexpected(test.error());
            noteFamily(key, value);
            if (const auto* one = std::get_if<CookieTest>(&*test))
                cookies.cookies.push_back(one->cookies.front());
            else
                tests.push_back(std::move(*test));
        }
        std::ranges::sort(cookies.cookies);
        if (!cookies.cookies.empty())
            tests.emplace_back(std::move(cookies));
        const auto any = anyOf(std::move(tests), {whole.from, whole.to});
        return any && compare == Compare::NotEqual ? Parsed<Index>(negated(*any)) : any;
    }

    /// As ss has it: "state" words add up, "exclude" takes away; from all, if it comes first.
    Parsed<Index> states() {
        const std::size_t from = here().from;
        std::uint32_t mask = isExclude(here()) ? kAllStates : 0;
        while (here().isWord("state") || isExclude(here())) {
            const bool excludes = isExclude(take());
            const Key& key = *keyNamed("state");
            bool negative = false;
            if (here().kind == Kind::Operator) // "state = established"
                negative = take().compare == Compare::NotEqual;
            if (here().kind != Kind::Word)
                return missing(missingFor(key), before().text, std::string(key.example));
            const auto values = valuesOf(take());
            std::uint32_t named = 0;
            for (const Value& value : values) {
                const auto test = testOf(key, Compare::Equal, value, m_names, m_tree.questions);
                if (!test)
                    return tl::unexpected(test.error());
                named |= std::get<MaskTest>(*test).mask;
            }
            named = negative ? kAllStates & ~named : named;
            mask = excludes ? mask & ~named : mask | named;
        }
        return leaf(MaskTest{MaskKey::State, mask}, {from, before().to});
    }

    std::vector<Token> m_tokens;
    const FilterNames& m_names;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::optional<Prefix::Sockets> m_family;
    Place m_familyPlace;
    FilterTree m_tree;
};

} // namespace

Parsed<FilterTree> parse(std::string_view text, const FilterNames& names) {
    if (text.size() > kLongest)
        return tl::unexpected(FilterError{.problem = FilterProblem::TooLong, .from = kLongest, .to = text.size()});
    auto tokens = split(text);
    if (!tokens)
        return tl::unexpected(tokens.error());
    return Parser(std::move(*tokens), names).run();
}

} // namespace halfopen::filter
