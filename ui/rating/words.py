"""What the rating screen says, in Vietnamese and English. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.domain.rating import Reason, Score


@dataclass(frozen=True)
class Words:
    """other: the language that the key leads to, in its own words; {number}: the ticket's label."""

    other: str = "English"
    hello: str = "Kính chào ông/bà"
    invite: str = "Phục vụ xong, mời ông/bà cho biết mức hài lòng tại đây"
    number: str = "Số {number}"
    question: str = "Ông/bà có hài lòng với lần phục vụ này không?"
    once: str = "Chạm một lần là xong. Không ghi tên ông/bà."
    what_was_good: str = "Cảm ơn ông/bà! Điều gì làm ông/bà hài lòng?"
    what_to_better: str = "Cảm ơn ông/bà! Điều gì cần làm tốt hơn?"
    skip: str = "Bỏ qua"
    thanks: str = "Cảm ơn ông/bà!"
    kept: str = "Đánh giá của ông/bà đã được ghi nhận."
    faces: Mapping[Score, str] = field(
        default_factory=lambda: {
            Score.VERY_GOOD: "Rất hài\u00a0lòng",
            Score.GOOD: "Hài lòng",
            Score.NEUTRAL: "Bình thường",
            Score.BAD: "Không hài\u00a0lòng",
        }
    )
    praise: Mapping[Reason, str] = field(
        default_factory=lambda: {
            Reason.TIME: "Nhanh, đúng hẹn",
            Reason.ATTITUDE: "Thân thiện",
            Reason.GUIDANCE: "Hướng dẫn rõ",
            Reason.PAPERS: "Giấy tờ gọn",
            Reason.TRIPS: "Không phải đi lại",
            Reason.PLACE: "Chỗ chờ tốt",
        }
    )
    better: Mapping[Reason, str] = field(
        default_factory=lambda: {
            Reason.TIME: "Chờ lâu",
            Reason.ATTITUDE: "Thái độ phục vụ",
            Reason.GUIDANCE: "Hướng dẫn chưa rõ",
            Reason.PAPERS: "Nhiều giấy tờ",
            Reason.TRIPS: "Đi lại nhiều lần",
            Reason.PLACE: "Chỗ chờ",
        }
    )

    def reasons(self, score: Score) -> Mapping[Reason, str]:
        """Praise after a content face, else what should be better."""
        return self.praise if score.is_content else self.better

    def asks(self, score: Score) -> str:
        return self.what_was_good if score.is_content else self.what_to_better


VI = Words()
EN = Words(
    other="Tiếng Việt",
    hello="Welcome",
    invite="When you have been served, please tell us here how it was",
    number="Number {number}",
    question="Were you satisfied with the service?",
    once="One touch is enough. Your name is not recorded.",
    what_was_good="Thank you! What was good?",
    what_to_better="Thank you! What should be better?",
    skip="Skip",
    thanks="Thank you!",
    kept="Your rating has been recorded.",
    faces={
        Score.VERY_GOOD: "Very satisfied",
        Score.GOOD: "Satisfied",
        Score.NEUTRAL: "Neutral",
        Score.BAD: "Not satisfied",
    },
    praise={
        Reason.TIME: "Fast, on time",
        Reason.ATTITUDE: "Friendly",
        Reason.GUIDANCE: "Clear guidance",
        Reason.PAPERS: "Few papers",
        Reason.TRIPS: "No extra trips",
        Reason.PLACE: "Good waiting area",
    },
    better={
        Reason.TIME: "Long wait",
        Reason.ATTITUDE: "Attitude",
        Reason.GUIDANCE: "Unclear guidance",
        Reason.PAPERS: "Too many papers",
        Reason.TRIPS: "Too many trips",
        Reason.PLACE: "Waiting area",
    },
)
