// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace halfopen::filter {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A byte of the filter with its place; a sign in full width is one of these too.
struct Sign {
    char c = 0;
    std::size_t from = 0;
    std::size_t to = 0;
};

// What an input method types for the signs of the language, and what mathematics has for two of them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kFullWidth{{
    {"\u3000", " "},  {"\u00a0", " "},  {"\uff08", "("},  {"\uff09", ")"},  {"\uff1a", ":"}, {"\uff0c", ","},
    {"\u3001", ","},  {"\uff01", "!"},  {"\uff1d", "="},  {"\uff1c", "<"},  {"\uff1e", ">"}, {"\uff5c", "|"},
    {"\uff06", "&"},  {"\u201c", "\""}, {"\u201d", "\""}, {"\uff0f", "/"},  {"\uff0a", "*"}, {"\u2260", "!="},
    {"\u2264", "<="}, {"\u2265", ">="}, {"\u2266", "<="}, {"\u2267", ">="},
}};

std::vector<Sign> signsOf(std::string_view text) {
    std::vector<Sign> signs;
    signs.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        const auto* wide =
            std::ranges::find_if(kFullWidth, [&](const auto& one) { return rest.starts_with(one.first); });
        const std::size_t length = wide == kFullWidth.end() ? 1 : wide->first.size();
        for (const char c : wide == kFullWidth.end() ? rest.substr(0, 1) : wide->second)
            signs.push_back({c, at, at + length});
        at += length;
    }
    return signs;
}

bool isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

class Splitter {
public:
    explicit Splitter(std::string_view text)
        : m_text(text)
        , m_signs(signsOf(text)) {}

    Parsed<std::vector<Token>> run() {
        while (skipSpace(), m_at < m_signs.size()) {
            if (!sign() && !word())
                return tl::unexpected(m_error);
        }
        m_tokens.push_back({.from = m_text.size(), .to = m_text.size(), .at = {m_text.size()}});
        return std::move(m_tokens);
    }

private:
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_signs.size() ? m_signs[m_at + ahead].c : '\0'; }
    bool endsAt(std::size_t ahead) const {
        return m_at + ahead >= m_signs.size() || isSpace(peek(ahead)) || peek(ahead) == ')';
    }
    void skipSpace() {
        while (m_at < m_signs.size() && isSpace(m_signs[m_at].c))
            ++m_at;
    }
    bool push(Token::Kind kind, std::size_t length, Compare compare = Compare::Equal) {
        Token token{.kind = kind, .compare = compare};
        token.from = m_signs[m_at].from;
        token.to = m_signs[m_at + length - 1].to;
        token.text = std::string(m_text.substr(token.from, token.to - token.from));
        m_tokens.push_back(std::move(token));
        m_at += length;
        return true;
    }
    /// Where a value has to come, a minus is a part of it.
    bool awaitsValue() const { return !m_tokens.empty() && m_tokens.back().kind == Token::Kind::Operator; }

    bool sign() {
        const char next = peek(1);
        switch (peek()) {
        case '(':
            return push(Token::Kind::Open, 1);
        case ')':
            return push(Token::Kind::Close, 1);
        case '|':
            return push(Token::Kind::Or, next == '|' ? 2 : 1);
        case '&':
            return push(Token::Kind::And, next == '&' ? 2 : 1);
        case '=':
            return push(Token::Kind::Operator, next == '=' ? 2 : 1, Compare::Equal);
        case '<':
            return next == '=' ? push(Token::Kind::Operator, 2, Compare::LessEqual)
                               : push(Token::Kind::Operator, 1, Compare::Less);
        case '>':
            return next == '=' ? push(Token::Kind::Operator, 2, Compare::GreaterEqual)
                               : push(Token::Kind::Operator, 1, Compare::Greater);
        case '!':
            return next == '=' ? push(Token::Kind::Operator, 2, Compare::NotEqual) : push(Token::Kind::Not, 1);
        case '-':
            return !endsAt(1) && !awaitsValue() && push(Token::Kind::Not, 1);
        default:
            return false;
        }
    }

    bool endsWord() const {
        const char c = peek();
        return isSpace(c) || std::string_view("()|&=<>").find(c) != std::string_view::npos ||
               (c == '!' && peek(1) == '=');
    }
    void take(Token& token, bool quoted) {
        token.text += m_signs[m_at].c;
        token.quoted.push_back(quoted);
        token.at.push_back(m_signs[m_at].from);
        ++m_at;
    }
    /// A quotation mark begins a quotation where a value can begin, and stands for itself in a name.
    static bool beginsValue(const Token& token) {
        return token.text.empty() || token.text.back() == ':' || token.text.back() == ',';
    }
    bool quotation(Token& token) {
        const Sign mark = m_signs[m_at];
        const auto end = std::find_if(m_signs.begin() + static_cast<std::ptrdiff_t>(m_at) + 1, m_signs.end(),
                                      [&](const Sign& sign) { return sign.c == mark.c; });
        if (end == m_signs.end()) {
            m_error = {.problem = FilterProblem::QuoteNotClosed, .from = mark.from, .to = mark.to};
            return false;
        }
        token.literal = token.literal || token.text.empty();
        ++m_at;
        while (m_at < static_cast<std::size_t>(end - m_signs.begin()))
            take(token, true);
        ++m_at;
        return true;
    }
    bool word() {
        Token token{.kind = Token::Kind::Word};
        token.from = m_signs[m_at].from;
        while (m_at < m_signs.size() && !endsWord()) {
            if ((peek() == '"' || peek() == '\'') && beginsValue(token)) {
                if (!quotation(token))
                    return false;
            } else {
                take(token, false);
            }
        }
        token.to = m_signs[m_at - 1].to;
        token.at.push_back(token.to);
        m_tokens.push_back(std::move(token));
        return true;
    }

    std::string_view m_text;
    std::vector<Sign> m_signs;
    std::size_t m_at = 0;
    std::vector<Token> m_tokens;
    FilterError m_error;
};

} // namespace

bool Token::isWord(std::string_view lowerCase) const {
    return kind == Kind::Word && !literal && equalsAnyCase(text, lowerCase);
}

void Token::append(const Token& word) {
    text += ' ' + word.text;
    quoted.push_back(false);
    quoted.insert(quoted.end(), word.quoted.begin(), word.quoted.end());
    at.insert(at.end(), word.at.begin(), word.at.end());
    to = word.to;
}

Parsed<std::vector<Token>> split(std::string_view text) {
    return Splitter(text).run();
}

std::optional<Compare> operatorWord(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, Compare>, 9> kWords{{
        {"eq", Compare::Equal},
        {"ne", Compare::NotEqual},
        {"neq", Compare::NotEqual},
        {"lt", Compare::Less},
        {"le", Compare::LessEqual},
        {"leq", Compare::LessEqual},
        {"gt", Compare::Greater},
        {"ge", Compare::GreaterEqual},
        {"geq", Compare::GreaterEqual},
    }};
    const auto* found = std::ranges::find_if(kWords, [&](const auto& one) { return equalsAnyCase(word, one.first); });
    return found == kWords.end() ? std::nullopt : std::optional(found->second);
}

std::string lowerCase(std::string_view text) {
    std::string all(text);
    std::ranges::transform(all, all.begin(), lower);
    return all;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool containsAnyCase(std::string_view text, std::string_view part) {
    if (part.empty())
        return true;
    for (std::size_t at = 0; at + part.size() <= text.size(); ++at) {
        std::size_t same = 0;
        while (same < part.size() && lower(text[at + same]) == part[same])
            ++same;
        if (same == part.size())
            return true;
    }
    return false;
}

bool equalsAnyCase(std::string_view text, std::string_view lowerCase) {
    return text.size() == lowerCase.size() && startsWithAnyCase(text, lowerCase);
}

bool startsWithAnyCase(std::string_view text, std::string_view lowerCase) {
    return text.size() >= lowerCase.size() && std::equal(lowerCase.begin(), lowerCase.end(), text.begin(),
                                                         [](char one, char other) { return one == lower(other); });
}

bool globMatches(std::string_view text, std::string_view pattern) {
    std::size_t at = 0;
    std::size_t in = 0;
    std::size_t star = std::string_view::npos; // the last '*', and where its rest was tried
    std::size_t tried = 0;
    while (at < text.size()) {
        if (in < pattern.size() && pattern[in] == '*') {
            star = in++;
            tried = at;
        } else if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == lower(text[at]))) {
            ++at;
            ++in;
        } else if (star != std::string_view::npos) {
            in = star + 1;
            at = ++tried;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

} // namespace halfopen::filter
